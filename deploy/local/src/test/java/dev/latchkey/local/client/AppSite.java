package dev.latchkey.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;

/**
 * The web site of an app, on a port and thereby an origin of its own: what is in {@code src/test/node}, JavaScript packages
 * included, and what a test puts there.
 */
final class AppSite implements AutoCloseable {
    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "js",
            "text/javascript",
            "mjs",
            "text/javascript",
            "json",
            "application/json");

    private final HttpServer server;

    private AppSite(HttpServer server) {
        this.server = server;
    }

    static AppSite open() {
        AppSite site;
        try {
            site = new AppSite(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        site.server.createContext("/", AppSite::file);
        site.server.start();
        return site;
    }

    /** The origin, and thereby the name of the app when a slash is put behind it. */
    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Publishes something under a path. */
    void put(String path, String content) {
        server.createContext(path, exchange -> answer(exchange, path, content.getBytes(UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void file(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var name = path.equals("/") ? "app.html" : path.substring(1);
        var file = NodeProgram.DIRECTORY.resolve(name).normalize();
        if (file.startsWith(NodeProgram.DIRECTORY) && Files.isRegularFile(file)) {
            answer(exchange, name, Files.readAllBytes(file));
        } else if (path.equals("/favicon.ico")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, String name, byte[] content) throws IOException {
        var ending = name.substring(name.lastIndexOf('.') + 1);
        exchange.getResponseHeaders().set("Content-Type", TYPES.getOrDefault(ending, TYPES.get("html")));
        exchange.sendResponseHeaders(200, content.length);
        try (var body = exchange.getResponseBody()) {
            body.write(content);
        }
    }
}
