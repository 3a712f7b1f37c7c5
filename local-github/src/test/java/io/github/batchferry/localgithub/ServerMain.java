package io.github.batchferry.localgithub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An embedded GitHub as a process of its own: prints its address and waits to be killed. */
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (LocalGitHub github = LocalGitHub.at(Path.of(arguments[0]))
                .recordExchanges(Path.of(arguments[1]))
                .start()) {
            github.createRepository(Hub.OWNER, Hub.NAME);
            System.out.println(github.url());
            new CountDownLatch(1).await();
        }
    }
}
