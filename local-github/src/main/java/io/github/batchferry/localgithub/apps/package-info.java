/** GitHub Apps: their registration, where they are installed, and the tokens they get for that. */
package io.github.batchferry.localgithub.apps;
