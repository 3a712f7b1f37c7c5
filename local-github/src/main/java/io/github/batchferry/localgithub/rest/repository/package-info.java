/** Repositories as a whole: themselves, their branches, who may work on them. */
package io.github.batchferry.localgithub.rest.repository;
