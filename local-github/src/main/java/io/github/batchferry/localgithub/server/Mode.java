package io.github.batchferry.localgithub.server;

import java.util.List;

/** Which GitHub to behave like, where the two differ. */
public enum Mode {
    /** github.com: the API at the root. */
    GITHUB_COM("", 25, List.of("2026-03-10", "2022-11-28")),
    /** GitHub Enterprise Server {@value #GHES_VERSION}: the API below {@code /api}. */
    GHES("/api/v3", 10, List.of("2022-11-28"));

    /** What {@code /meta} calls {@code installed_version} in mode {@link #GHES}. */
    public static final String GHES_VERSION = "3.19.0";

    /** The version of the API that is spoken with those who do not ask for one. */
    public static final String USUAL_API_VERSION = "2022-11-28";

    /** The version of the API that dropped what was outdated in the one before. */
    public static final String API_VERSION_2026 = "2026-03-10";

    private final String apiRoot;
    private final int mostInputs;
    private final List<String> apiVersions;

    Mode(String apiRoot, int mostInputs, List<String> apiVersions) {
        this.apiRoot = apiRoot;
        this.mostInputs = mostInputs;
        this.apiVersions = apiVersions;
    }

    /** Path of the REST API, without a trailing slash; empty for the root. */
    public String apiRoot() {
        return apiRoot;
    }

    /** How many inputs a dispatch may have. */
    public int mostInputs() {
        return mostInputs;
    }

    /** The versions of the API there are, the newest first. */
    public List<String> apiVersions() {
        return apiVersions;
    }

    /** Whether a dispatch can be asked for the run it makes. */
    public boolean returnsRunDetails() {
        return this == GITHUB_COM;
    }
}
