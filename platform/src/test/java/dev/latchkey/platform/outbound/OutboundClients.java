package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundPolicy.Limits;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import dev.latchkey.testing.RawServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Outbound clients whose names resolve to servers of the test. */
@Timeout(20)
abstract class OutboundClients {

    /** For requests that are to run out of it. */
    static final Duration SHORT = Duration.ofMillis(1500);

    /** For requests that are to be answered. */
    static final Duration PATIENT = Duration.ofSeconds(10);

    static final int MAX = 10_240;
    static Vertx vertx;
    final AtomicInteger lookUps = new AtomicInteger();
    final List<OutboundHttp> opened = new ArrayList<>();

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void closeClients() {
        opened.forEach(OutboundHttp::close);
    }

    List<InetAddress> loopback(String name) throws UnknownHostException {
        lookUps.incrementAndGet();
        return List.of(InetAddress.getByName("127.0.0.1"));
    }

    static OutboundRequest to(String host, RawServer server) {
        return request("http://" + host + ".example.com:" + server.port() + "/", SHORT);
    }

    OutboundHttp client(HostResolver resolver, int maxConcurrent) {
        return client(resolver, new Limits(maxConcurrent, maxConcurrent, maxConcurrent));
    }

    OutboundHttp client(HostResolver resolver, Limits limits) {
        OutboundPolicy policy = new OutboundPolicy(
                Networks.of("127.0.0.0/8"),
                Ports.parse("80,443,1024-65535"),
                List.of(WebAddress.parse("http://127.0.0.1:8123").orElseThrow()),
                limits);
        OutboundHttp http = new OutboundHttp(vertx, policy, resolver);
        opened.add(http);
        return http;
    }

    OutboundResult get(String url) {
        return get(url, PATIENT);
    }

    OutboundResult get(String url, Duration timeout) {
        return client(this::loopback, 10).send(request(url, timeout)).join();
    }

    static OutboundRequest request(String url, Duration timeout) {
        return OutboundRequest.get(url, Map.of(), timeout, MAX);
    }

    static Response answered(OutboundResult result) {
        assertThat(result).isInstanceOf(Response.class);
        return (Response) result;
    }

    static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The first request is sent to {@code location}, every other is answered. */
    static RawServer redirecting(String location) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        return new RawServer(out -> say(
                out,
                requests.getAndIncrement() == 0
                        ? "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }
}
