/** JSON as bytes: lines of JSONL with their place, and values that are carried unchanged instead of parsed and rewritten. */
package io.github.batchferry.wire.json;
