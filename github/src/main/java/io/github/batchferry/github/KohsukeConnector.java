package io.github.batchferry.github;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Kohsuke's way to the network. Never leaves the API's origin, whatever links and redirects say; streams bodies; and turns
 * every refusal and redirect into our exception right here, so that kohsuke neither sleeps nor repeats nor follows anything.
 */
final class KohsukeConnector implements GitHubConnector {
    private final AuthorizedHttp http;
    private final GitHubFailures failures;

    KohsukeConnector(AuthorizedHttp http, GitHubFailures failures) {
        this.http = http;
        this.failures = failures;
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        URI target = target(request);
        String task = request.method().equals("GET")
                ? "read `" + target.getPath() + "`"
                : "change `" + target.getPath() + "`";
        try {
            return checked(task, request, http.send(translated(request, target)));
        } catch (GitHubHttpException e) {
            throw e;
        } catch (AuthorizedHttp.StrangeOriginException e) {
            throw new GitHubHttpException(new GitHubException("cannot " + task + ": " + e.getMessage(), 0));
        } catch (GitHubException e) {
            throw new GitHubHttpException(e);
        } catch (IOException e) {
            throw new GitHubHttpException(failures.unreachable(task, e));
        }
    }

    private GitHubConnectorResponse checked(String task, GitHubConnectorRequest request, GitHubAnswer answer)
            throws IOException {
        if (answer.status() < 300) {
            return new Response(task, request, answer);
        }
        try (answer) {
            InputStream body = new Response(task, request, answer).bodyStream();
            throw new GitHubHttpException(
                    failures.refused(task, answer.status(), answer.headers(), body.readNBytes(1 << 20)));
        }
    }

    private static URI target(GitHubConnectorRequest request) throws IOException {
        try {
            return request.url().toURI();
        } catch (URISyntaxException e) {
            throw new IOException("not an address: `" + request.url() + "`", e);
        }
    }

    private static HttpRequest.Builder translated(GitHubConnectorRequest request, URI target) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target);
        for (Map.Entry<String, List<String>> header : request.allHeaders().entrySet()) {
            builder.header(header.getKey(), String.join(", ", header.getValue()));
        }
        return builder.method(
                request.method(),
                request.hasBody()
                        ? BodyPublishers.ofByteArray(request.body().readAllBytes())
                        : BodyPublishers.noBody());
    }

    /** An answer whose body is streamed, and whose failures are ours: kohsuke would repeat some of its own. */
    private final class Response extends GitHubConnectorResponse {
        private final String task;
        private final GitHubAnswer answer;

        Response(String task, GitHubConnectorRequest request, GitHubAnswer answer) {
            super(request, answer.status(), answer.headers().map());
            this.task = task;
            this.answer = answer;
        }

        @Override
        public InputStream bodyStream() throws IOException {
            return wrapStream(new Body());
        }

        @Override
        public void close() throws IOException {
            answer.close();
        }

        private final class Body extends FilterInputStream {
            Body() {
                super(answer.body());
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                try {
                    return super.read(bytes, from, length);
                } catch (IOException e) {
                    throw new GitHubHttpException(failures.unreachable(task, e));
                }
            }
        }
    }
}
