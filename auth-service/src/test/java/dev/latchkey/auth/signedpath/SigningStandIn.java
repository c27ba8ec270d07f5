package dev.latchkey.auth.signedpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers in the place of signing-service, as the path that is to be signed says. */
public final class SigningStandIn implements QuarkusTestResourceLifecycleManager {

    /** What it was asked. */
    public record Asked(String authorization, JsonNode body) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/signed_paths", this::answer);
        server.start();
        return Map.of(
                "latchkey.services.signing-url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the next question. */
    public Asked asked() throws InterruptedException {
        return asked.take();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
        asked.add(new Asked(exchange.getRequestHeaders().getFirst("Authorization"), body));
        String path = body.path("path").textValue();
        switch (path) {
            case "/refused" -> send(exchange, 400, "{\"message\":\"It cannot be signed\",\"code\":\"invalid_path\"}");
            case "/busy" -> send(exchange, 503, "{\"message\":\"Later\"}");
            case "/unauthorized" -> send(exchange, 401, "{\"message\":\"Unauthorized\"}");
            case "/nonsense" -> send(exchange, 200, "nonsense");
            case "/nothing" -> send(exchange, 200, "{}");
            case "/silent" -> {
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            default -> send(exchange, 200, "{\"path\":\"" + path + "?authSig=a.b.c\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(SigningStandIn.class));
    }

    @Override
    public void stop() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
