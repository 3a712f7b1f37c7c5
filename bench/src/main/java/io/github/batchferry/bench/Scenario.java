package io.github.batchferry.bench;

import java.util.List;

/** Something to be measured. */
interface Scenario {
    /** Its name on the command line. */
    String name();

    /** For people. */
    String title();

    /** What holds for all its rows. */
    String conditions();

    /** Measures. */
    List<Row> run(Setting setting) throws Exception;
}
