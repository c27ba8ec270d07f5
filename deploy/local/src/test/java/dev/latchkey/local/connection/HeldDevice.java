package dev.latchkey.local.connection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A device of the kind of the tour: every token is an account, and whoever asks waits when a test says so. */
final class HeldDevice implements AutoCloseable {
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean refusing;

    HeldDevice() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/user", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets everybody wait from now on. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Answers those who wait, and everybody from now on. */
    void release() {
        gate.countDown();
    }

    /** Takes no token any more, or every token again. */
    void refuse(boolean all) {
        refusing = all;
    }

    /** How many accounts somebody waits for an answer about; several requests about one account are one. */
    int waiting() {
        return waiting.size();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("Authorization").replaceFirst("^Bearer token-of-", "");
        waiting.merge(token, 1, Integer::sum);
        try {
            if (!gate.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } finally {
            waiting.computeIfPresent(token, (key, requests) -> requests == 1 ? null : requests - 1);
        }
        var json = refusing ? "{}" : "{\"id\":\"" + token + "\",\"name\":\"Device of " + token + "\"}";
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(refusing ? 401 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
