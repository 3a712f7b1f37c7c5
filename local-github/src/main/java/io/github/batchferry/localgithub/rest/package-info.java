/**
 * The REST API, in the paths, shapes and words of api.github.com. Start at
 * {@link io.github.batchferry.localgithub.rest.RestApi}, which puts it together.
 */
package io.github.batchferry.localgithub.rest;
