/** Who calls, and what they may do: the user with the state directory's token, jobs with tokens of their own. */
package io.github.batchferry.localgithub.access;
