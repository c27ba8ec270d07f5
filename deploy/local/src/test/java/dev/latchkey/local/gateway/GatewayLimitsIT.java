package dev.latchkey.local.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.platform.net.Networks;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GatewayLimitsIT {
    private static final int MORE_THAN_GO_TO_A_SERVICE = 600;
    private static final int BODY_BYTES = 1_000;
    private static final int FEW = 3;
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: a\r\n";

    private static Vertx vertx;
    private static Gateway gateway;
    private static Gateway crowded;
    private static int port;
    private static int crowdedPort;

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        var ports = Loopback.freePorts(3);
        port = ports.get(0);
        crowdedPort = ports.get(1);
        vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/socket")) {
                        request.toWebSocket();
                        return;
                    }
                    request.body()
                            .onSuccess(body -> request.response()
                                    .end(request.getHeader("content-length") + ":" + body.toString()));
                })
                .listen(ports.get(2), Loopback.HOST)
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, SECONDS);
        var routes = List.of(Route.toPort("/*", ports.get(2)));
        var within = Duration.ofSeconds(4);
        gateway = Gateway.open(
                Loopback.HOST, port, routes, null, Networks.none(), new Limits(BODY_BYTES, within, 1, 8_192));
        crowded = Gateway.open(
                Loopback.HOST, crowdedPort, routes, null, Networks.none(), new Limits(BODY_BYTES, within, 1, FEW));
    }

    @AfterAll
    static void close() {
        gateway.close();
        crowded.close();
        vertx.close();
    }

    @Test
    void clientsThatSendSlowlyHoldNoConnectionToAService() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < MORE_THAN_GO_TO_A_SERVICE; i++) {
                var socket = new Socket(Loopback.HOST, port);
                slow.add(socket);
                send(socket, POST + "Content-Length: 10\r\n\r\n12345");
            }

            assertThat(exchange(port, POST + "Content-Length: 2\r\nConnection: close\r\n\r\nhi"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("2:hi");
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyThatTakesTooLongIsAnsweredAndTheConnectionClosed() throws Exception {
        assertThat(exchange(port, POST + "Content-Length: 10\r\n\r\n12345"))
                .startsWith("HTTP/1.1 408")
                .containsIgnoringCase("connection: close")
                .endsWith("{\"message\":\"The body of the request took too long.\"}");
    }

    @Test
    void aBodyThatIsTooLargeIsAnsweredAndTheConnectionClosed() throws Exception {
        var large = "x".repeat(BODY_BYTES + 1);
        assertThat(exchange(port, POST + "Content-Length: " + large.length() + "\r\n\r\n" + large))
                .startsWith("HTTP/1.1 413")
                .containsIgnoringCase("connection: close")
                .endsWith("{\"message\":\"The body of the request is too large.\"}");
        assertThat(exchange(port, POST + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + large + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void aBodyOfTheLargestSizeReachesTheServiceHoweverItIsFramed() throws Exception {
        var full = "x".repeat(BODY_BYTES);
        assertThat(exchange(port, POST + "Connection: close\r\nContent-Length: " + full.length() + "\r\n\r\n" + full))
                .endsWith(BODY_BYTES + ":" + full);
        assertThat(exchange(
                        port,
                        POST + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + full
                                + "\r\n0\r\n\r\n"))
                .endsWith(BODY_BYTES + ":" + full);
    }

    @Test
    void aClientThatWaitsToBeToldToGoOnSendsItsBodyThen() throws Exception {
        try (var socket = new Socket(Loopback.HOST, port)) {
            socket.setSoTimeout(5_000);
            send(socket, POST + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100");
            send(socket, "hi");
            assertThat(read(socket)).contains("HTTP/1.1 200").endsWith("2:hi");
        }
    }

    @Test
    void anAddressHasOnlySoManyConnectionsAndMayComeBackWhenItHasLeft() throws Exception {
        var held = new ArrayList<Socket>();
        try {
            for (int i = 0; i < FEW; i++) {
                held.add(new Socket(Loopback.HOST, crowdedPort));
                assertThat(isServed(held.getLast())).isTrue();
            }
            try (var oneTooMany = new Socket(Loopback.HOST, crowdedPort)) {
                assertThat(isServed(oneTooMany)).isFalse();
            }
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
        comesBack();
    }

    @Test
    void aWebSocketThatHasEndedIsNotCountedAnyMore() throws Exception {
        var client = vertx.createWebSocketClient();
        for (int i = 0; i < 2 * FEW; i++) {
            var socket = client.connect(crowdedPort, Loopback.HOST, "/socket")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, SECONDS);
            socket.close().toCompletionStage().toCompletableFuture().get(5, SECONDS);
            comesBack();
        }
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() throws Exception {
        var one = Crowd.network(InetAddress.getByName("2001:db8:1:2::1"));
        assertThat(Crowd.network(InetAddress.getByName("2001:db8:1:2:ffff::9"))).isEqualTo(one);
        assertThat(Crowd.network(InetAddress.getByName("2001:db8:1:3::1"))).isNotEqualTo(one);
        assertThat(Crowd.network(InetAddress.getByName("192.0.2.1")))
                .isNotEqualTo(Crowd.network(InetAddress.getByName("192.0.2.2")));
    }

    private static void comesBack() {
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            try (var socket = new Socket(Loopback.HOST, crowdedPort)) {
                return isServed(socket);
            }
        });
    }

    private static boolean isServed(Socket socket) {
        try {
            socket.setSoTimeout(5_000);
            send(socket, "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
            return socket.getInputStream().readNBytes(12).length == 12;
        } catch (SocketException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String exchange(int port, String request) throws IOException {
        try (var socket = new Socket(Loopback.HOST, port)) {
            socket.setSoTimeout(8_000);
            send(socket, request);
            return read(socket);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
