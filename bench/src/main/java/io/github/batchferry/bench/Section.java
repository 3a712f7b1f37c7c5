package io.github.batchferry.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The result of a scenario, as it is kept in JSON.
 *
 * @param scenario its name on the command line
 * @param title for people
 * @param conditions of all its rows
 * @param date of the run, in UTC
 * @param load the machine's load average before and after
 * @param flags of the JVM that ran the batch runner
 * @param rounds medians of how many
 * @param quick whether it was a short pass
 * @param rows the table
 */
record Section(
        @JsonProperty("scenario") String scenario,
        @JsonProperty("title") String title,
        @JsonProperty("conditions") String conditions,
        @JsonProperty("date") String date,
        @JsonProperty("load") String load,
        @JsonProperty("flags") String flags,
        @JsonProperty("rounds") int rounds,
        @JsonProperty("quick") boolean quick,
        @JsonProperty("rows") List<Row> rows) {}
