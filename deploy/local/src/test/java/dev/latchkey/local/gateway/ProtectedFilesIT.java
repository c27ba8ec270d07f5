package dev.latchkey.local.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.platform.net.Networks;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files are served to whom the one that decides lets pass, and to nobody else. */
@Timeout(60)
class ProtectedFilesIT {
    private static final int LARGE_BYTES = 8 * 1024 * 1024;
    private static final String GOOD = "Authorization: Bearer good";

    @TempDir
    private static Path home;

    /** In a hidden folder, as the home of a local run is. */
    private static Path directory;

    private static final Vertx vertx = Vertx.vertx();
    private static final BlockingQueue<List<String>> questions = new LinkedBlockingQueue<>();
    private static volatile boolean silent;
    private static volatile boolean revoked;
    private static int port;
    private static int portWithoutDecider;
    private static Gateway gateway;
    private static Gateway alone;

    @BeforeAll
    static void open() throws Exception {
        directory = Files.createDirectories(home.resolve(".latchkey/files"));
        Files.writeString(directory.resolve("hello.txt"), "Hello, files");
        Files.writeString(directory.resolve("page.html"), "<script>alert(1)</script>");
        Files.writeString(directory.resolve("a b\u00e9~.txt"), "named");
        Files.writeString(directory.resolve(".hidden"), "hidden");
        Files.createDirectory(directory.resolve("folder"));
        Files.write(directory.resolve("large.bin"), new byte[LARGE_BYTES]);
        var ports = Loopback.freePorts(4);
        vertx.createHttpServer()
                .requestHandler(ProtectedFilesIT::decide)
                .listen(ports.get(0), Loopback.HOST)
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, SECONDS);
        port = ports.get(1);
        portWithoutDecider = ports.get(2);
        gateway = Gateway.open(
                Loopback.HOST,
                port,
                List.of(),
                FileSettings.decidedAtPort(directory, ports.get(0), "the-secret"),
                Networks.none());
        alone = Gateway.open(
                Loopback.HOST,
                portWithoutDecider,
                List.of(),
                FileSettings.decidedAtPort(directory, ports.get(3), "the-secret"),
                Networks.none());
    }

    @AfterAll
    static void close() {
        gateway.close();
        alone.close();
        vertx.close();
    }

    @BeforeEach
    void everythingIsNormal() {
        questions.clear();
        silent = false;
        revoked = false;
    }

    private static void decide(HttpServerRequest request) {
        questions.add(List.of(
                request.method() + " " + request.uri(),
                String.valueOf(request.getHeader("x-latchkey-gateway")),
                String.valueOf(request.getHeader("x-forwarded-method")),
                String.valueOf(request.headers().getAll("x-forwarded-uri")),
                String.valueOf(request.getHeader("x-forwarded-for"))));
        if (silent) {
            return;
        }
        var may = !revoked && "Bearer good".equals(request.getHeader("authorization"));
        request.response()
                .setStatusCode(may ? 200 : 401)
                .putHeader("www-authenticate", "Bearer x")
                .putHeader("content-type", "text/html")
                .putHeader("content-security-policy", "default-src 'none'")
                .putHeader("x-internal", "secret")
                .end(may ? "" : "<h1>no</h1>");
    }

    private static String ask(String requestLine, String... headers) throws IOException {
        return ask(port, requestLine, headers);
    }

    private static String ask(int port, String requestLine, String... headers) throws IOException {
        try (var socket = new Socket(Loopback.HOST, port)) {
            var head = requestLine + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + String.join("\r\n", headers)
                    + (headers.length > 0 ? "\r\n\r\n" : "\r\n");
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void whoMayGetsTheFileThatIsNotToBeKeptOrToRun() throws Exception {
        assertThat(ask("GET /files/hello.txt", GOOD))
                .startsWith("HTTP/1.1 200")
                .contains("cache-control: no-store", "content-type: text/plain", "x-content-type-options: nosniff")
                .endsWith("\r\n\r\nHello, files");
        assertThat(ask("GET /files/page.html", GOOD)).contains("content-security-policy: sandbox");
        assertThat(ask("GET /files/a%20b%C3%A9~.txt", GOOD)).endsWith("named");
    }

    @Test
    void theQuestionIsTheGatewaysOwn() throws Exception {
        ask(
                "HEAD /files/hello.txt?authSig=a",
                GOOD,
                "X-Forwarded-Uri: /files/other",
                "X-Forwarded-Method: GET",
                "X-Latchkey-Gateway: spoofed",
                "X-Forwarded-For: 192.168.0.1");

        assertThat(questions.take())
                .containsExactly(
                        "GET /authz/forward-auth",
                        "the-secret",
                        "HEAD",
                        "[/files/hello.txt?authSig=a]",
                        "unknown, 127.0.0.1");
    }

    @Test
    void aRefusalIsPassedOnAsItIs() throws Exception {
        for (var path : List.of("/files/hello.txt", "/files/missing", "/files/", "/files/.hidden")) {
            assertThat(ask("GET " + path))
                    .startsWith("HTTP/1.1 401")
                    .contains("www-authenticate: Bearer x", "content-type: text/html", "default-src 'none'")
                    .contains("cache-control: no-store")
                    .doesNotContain("x-internal")
                    .endsWith("<h1>no</h1>");
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        for (var path : List.of("/files/missing", "/files/", "/files/folder/", "/files/.hidden", "/files", "/else")) {
            assertThat(ask("GET " + path, GOOD))
                    .as(path)
                    .startsWith("HTTP/1.1 404")
                    .contains("{\"message\":\"Not found\"}");
        }
    }

    @Test
    void nothingOutsideOfTheFolderIsReached() throws Exception {
        for (var path : List.of(
                "/files/../hello.txt",
                "/files/%2e%2e/hello.txt",
                "/files/..%2fhello.txt",
                "/files//etc/passwd",
                "/files/%2fetc/passwd",
                "/files/folder/../hello.txt",
                "//files/hello.txt",
                "/files/hello.txt%00")) {
            assertThat(ask("GET " + path, GOOD)).as(path).startsWith("HTTP/1.1 400");
        }
        assertThat(ask("GET /Files/hello.txt", GOOD)).startsWith("HTTP/1.1 404");
    }

    @Test
    void aPartOfAFileCanBeAskedFor() throws Exception {
        assertThat(ask("GET /files/hello.txt", GOOD, "Range: bytes=0-4"))
                .startsWith("HTTP/1.1 206")
                .contains("content-range: bytes 0-4/12", "accept-ranges: bytes")
                .endsWith("\r\n\r\nHello");
        assertThat(ask("GET /files/hello.txt", GOOD, "Range: bytes=7-")).endsWith("\r\n\r\nfiles");
        assertThat(ask("GET /files/hello.txt", GOOD, "Range: bytes=100-200")).startsWith("HTTP/1.1 416");
        assertThat(ask("GET /files/hello.txt", "Range: bytes=0-4")).startsWith("HTTP/1.1 401");
    }

    @Test
    void headHasTheHeadersAndNoBody() throws Exception {
        assertThat(ask("HEAD /files/hello.txt", GOOD))
                .startsWith("HTTP/1.1 200")
                .contains("content-length: 12")
                .endsWith("\r\n\r\n");
    }

    @Test
    void filesAreOnlyRead() throws Exception {
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            assertThat(ask(method + " /files/hello.txt", GOOD, "Content-Length: 0"))
                    .as(method)
                    .startsWith("HTTP/1.1 405")
                    .contains("allow: GET, HEAD");
        }
        assertThat(directory.resolve("hello.txt")).hasContent("Hello, files");
    }

    @Test
    void withoutAnAnswerNothingIsServed() throws Exception {
        assertThat(ask(portWithoutDecider, "GET /files/hello.txt", GOOD)).startsWith("HTTP/1.1 503");
        silent = true;
        assertThat(ask("GET /files/hello.txt", GOOD)).startsWith("HTTP/1.1 503");
    }

    @Test
    void aDownloadThatHasBegunEnds() throws Exception {
        try (var socket = new Socket(Loopback.HOST, port)) {
            socket.setReceiveBufferSize(16 * 1024);
            socket.getOutputStream()
                    .write(("GET /files/large.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + GOOD + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
            var first = socket.getInputStream().readNBytes(1_000);
            assertThat(new String(first, ISO_8859_1)).startsWith("HTTP/1.1 200");

            revoked = true;
            assertThat(ask("GET /files/large.bin", GOOD)).startsWith("HTTP/1.1 401");

            var rest = socket.getInputStream().readAllBytes();
            assertThat(first.length + rest.length).isGreaterThan(LARGE_BYTES);
        }
    }
}
