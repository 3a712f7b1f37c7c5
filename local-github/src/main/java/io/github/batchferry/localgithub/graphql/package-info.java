/** GraphQL as far as gh asks it: a reader of queries, a schema of types with their fields, and their execution. */
package io.github.batchferry.localgithub.graphql;
