/** Strict reading of the YAML files a person writes: every mistake is reported with its line, unknown keys with a suggestion. */
package io.github.batchferry.wire.config;
