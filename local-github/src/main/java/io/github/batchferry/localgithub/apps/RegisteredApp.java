package io.github.batchferry.localgithub.apps;

import java.util.Optional;

/**
 * What whoever registers an App is told, once.
 *
 * @param app the App
 * @param privateKey in PEM, as GitHub gives it out; empty if the App brought a key of its own
 */
public record RegisteredApp(AppRecord app, Optional<String> privateKey) {}
