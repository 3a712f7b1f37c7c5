package io.github.batchferry.runner.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchferry.runner.vendor.VendorAdapter;
import io.github.batchferry.runner.vendor.echo.EchoAdapter;
import io.github.batchferry.wire.vendors.VendorKinds;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptersTest {
    private static final String FOREIGN = """
            package com.example;
            import io.github.batchferry.runner.vendor.*;
            import io.github.batchferry.wire.*;
            import io.github.batchferry.wire.vendors.VendorConfig;
            import java.util.Optional;
            import java.util.concurrent.CompletableFuture;
            public final class Foreign implements DirectVendorAdapter {
                public String kind() { return "com.example"; }
                public CompletableFuture<VendorAnswer> answer(VendorConfig v, RequestLine r, Optional<Credential> c) {
                    return CompletableFuture.completedFuture(VendorAnswer.of(200, "{}"));
                }
                public Reading read(EndpointPath url, VendorAnswer answer) {
                    return Reading.of(new Verdict.Success(), Optional.empty());
                }
            }
            """;

    @Test
    void speaksToEveryKindItShips() {
        assertThat(ServiceLoader.load(VendorAdapter.class))
                .extracting(VendorAdapter::kind)
                .containsExactlyInAnyOrderElementsOf(VendorKinds.SHIPPED);
    }

    @Test
    void findsAnAdapterInAnotherJar(@TempDir Path folder) throws Exception {
        Path jar = jarOf(folder);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            Adapters adapters = new Adapters(ServiceLoader.load(VendorAdapter.class, loader));

            assertThat(adapters.find("com.example"))
                    .hasValueSatisfying(found ->
                            assertThat(found.getClass().getClassLoader()).isSameAs(loader));
            assertThat(adapters.find("openai")).isPresent();
        }
    }

    @Test
    void refusesTwoAdaptersOfOneKind() {
        assertThatThrownBy(() -> new Adapters(List.of(new EchoAdapter(), new EchoAdapter())))
                .hasMessage("two adapters claim the kind `echo`");
    }

    private static Path jarOf(Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("com/example")).resolve("Foreign.java");
        Files.writeString(source, FOREIGN);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(result).isZero();
        Path jar = folder.resolve("foreign.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/services/" + VendorAdapter.class.getName()));
            zip.write("com.example.Foreign\n".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("com/example/Foreign.class"));
            zip.write(Files.readAllBytes(folder.resolve("com/example/Foreign.class")));
        }
        return jar;
    }
}
