/** What the owner of a repository sets for Actions: environments, secrets' names, variables, which workflows are on. */
package io.github.batchferry.localgithub.rest.settings;
