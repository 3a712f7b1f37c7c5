/** What the command line shows: tables for people, JSON for programs, progress while something happens. */
package io.github.batchferry.provider.cli.output;
