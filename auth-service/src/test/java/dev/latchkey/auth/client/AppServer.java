package dev.latchkey.auth.client;

import dev.latchkey.testing.RawServer;
import dev.latchkey.testing.RawServer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The web server of an app, on loopback, that says what a test wants said. */
final class AppServer implements AutoCloseable {

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final RawServer server = RawServer.choosing(scripts::get);

    AppServer() throws IOException {}

    AppServer on(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    AppServer on(String path, String status, String headers, String body) {
        return on(path, status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    AppServer on(String path, String status, String headers, byte[] body) {
        return on(path, out -> {
            out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        });
    }

    AppServer html(String path, String body) {
        return on(path, "200 OK", "Content-Type: text/html\r\n", body);
    }

    AppServer json(String path, String body) {
        return on(path, "200 OK", "Content-Type: application/json\r\n", body);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.port();
    }

    /** Returns the paths that were asked for so far, in order. */
    List<String> requests() {
        return server.heads().stream().map(head -> head.split(" ", 3)[1]).toList();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
