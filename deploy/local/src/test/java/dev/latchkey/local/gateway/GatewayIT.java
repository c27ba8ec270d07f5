package dev.latchkey.local.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.request.RequestTarget;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GatewayIT {
    private static final int LARGE_MESSAGE_BYTES = 2_000_000;

    private static Vertx vertx;
    private static Gateway gateway;
    private static Gateway behindProxy;
    private static int port;
    private static int portBehindProxy;

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        var ports = Loopback.freePorts(4);
        port = ports.get(0);
        portBehindProxy = ports.get(3);
        var server = new HttpServerOptions()
                .setMaxWebSocketFrameSize(LARGE_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(LARGE_MESSAGE_BYTES);
        vertx.createHttpServer(server)
                .requestHandler(GatewayIT::echo)
                .listen(ports.get(1), Loopback.HOST)
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, SECONDS);
        var routes = List.of(
                Route.toPort("/", ports.get(1)),
                Route.toPort("/auth/*", ports.get(1)),
                Route.toPort("/a~way", ports.get(1)),
                Route.toPort("/away", ports.get(2)));
        gateway = Gateway.open(Loopback.HOST, port, routes, Networks.none());
        behindProxy = Gateway.open(Loopback.HOST, portBehindProxy, routes, Networks.of("127.0.0.1"));
    }

    @AfterAll
    static void close() {
        gateway.close();
        behindProxy.close();
        vertx.close();
    }

    @Test
    void whatAClientSaysOfItsConnectionIsReplacedByTheTruth() throws Exception {
        var answer = exchange(
                "GET /auth/echo HTTP/1.1",
                "Host: home.example:8443",
                "X-Forwarded-For: 203.0.113.9",
                "x-forwarded-for: 203.0.113.10",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Port: 1",
                "Forwarded: for=203.0.113.9",
                "X-Real-IP: 203.0.113.9",
                "X-Auth-User: owner",
                "x-auth-anything: 1",
                "X-Kept: yes");

        assertThat(answer)
                .contains("host=home.example:8443\n")
                .contains("x-forwarded-for=unknown, 127.0.0.1\n")
                .contains("x-forwarded-proto=http\n")
                .contains("x-forwarded-host=home.example:8443\n")
                .contains("x-forwarded-port=8443\n")
                .contains("x-kept=yes\n")
                .doesNotContain("203.0.113", "evil.example", "forwarded=", "x-real-ip", "x-auth-");
    }

    @Test
    void aClientThatDoesNotStandForOthersIsTheOneAtItsAddress() throws Exception {
        assertThat(exchange("GET /auth/echo HTTP/1.1", "Host: a")).contains("x-forwarded-for=127.0.0.1\n");
    }

    @Test
    void aProxyThatIsNotTrustedStandsForSomebodyUnknown() throws Exception {
        for (var header : List.of("X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "X-Real-IP: 127.0.0.1")) {
            assertThat(exchange("GET /auth/echo HTTP/1.1", "Host: a", header))
                    .contains("x-forwarded-for=unknown, 127.0.0.1\n");
        }
    }

    @Test
    void aTrustedProxyIsBelievedAboutWhoIsBehindIt() throws Exception {
        assertThat(exchangeBehindProxy(
                        "GET /auth/echo HTTP/1.1",
                        "Host: a",
                        "X-Forwarded-For: 192.168.1.7",
                        "X-Forwarded-For: 203.0.113.9"))
                .contains("x-forwarded-for=192.168.1.7, 203.0.113.9, 127.0.0.1\n");
        assertThat(exchangeBehindProxy("GET /auth/echo HTTP/1.1", "Host: a", "Forwarded: for=203.0.113.9"))
                .contains("x-forwarded-for=unknown, 127.0.0.1\n");
    }

    @Test
    void aBodyAndAQueryReachTheServiceAsTheyAre() throws Exception {
        assertThat(exchange("POST /auth/echo?code=a%2Fb HTTP/1.1", "Host: a", "Content-Length: 0"))
                .contains("POST /auth/echo?code=a%2Fb\n");
    }

    @Test
    void aClientThatWaitsBeforeItSendsIsToldToGoOn() throws Exception {
        assertThat(exchange("POST /auth/echo HTTP/1.1", "Host: a", "Expect: 100-continue", "Content-Length: 0"))
                .startsWith("HTTP/1.1 100")
                .contains("HTTP/1.1 200")
                .doesNotContain("expect=");
    }

    @Test
    void aPathWithoutARouteIsNotFound() throws Exception {
        for (var path : List.of("/q/health", "/q/metrics", "/auth", "/authx", "/else")) {
            assertThat(exchange("GET " + path + " HTTP/1.1", "Host: a"))
                    .startsWith("HTTP/1.1 404")
                    .endsWith("{\"message\":\"Not found\"}");
        }
    }

    @Test
    void aRouteIsFoundByWhatAPathMeans() throws Exception {
        assertThat(exchange("GET /a%7Eway HTTP/1.1", "Host: a")).contains("GET /a%7Eway\n");
    }

    @Test
    void anAmbiguousTargetIsRefused() throws Exception {
        for (var path : List.of(
                "/auth/../q/metrics",
                "//auth/x",
                "/auth/%2e%2e/q",
                "/auth/%252e%252e/q",
                "/auth%2fx",
                "/auth/%65cho",
                "/auth/echo;a=b",
                "/auth/%C0%AE",
                "/auth/echo?a=%00",
                "/auth/" + "a".repeat(RequestTarget.MAX_LENGTH - 5),
                "http://a/auth/x")) {
            assertThat(exchange("GET " + path + " HTTP/1.1", "Host: a")).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aTargetReachesTheServiceInTheSpellingOfTheClient() throws Exception {
        for (var target : List.of(
                "/auth/authorize?client_id=http%3A%2F%2Fapp.example%2f&redirect_uri=http://app.example//x/../y&a",
                "/auth/a%7eb%20c/%c3%a9", "/auth/?q=[a|b]^{\"c\"}\\")) {
            assertThat(exchange("GET " + target + " HTTP/1.1", "Host: a")).contains("GET " + target + "\n");
        }
    }

    @Test
    void aRequestNamesExactlyOneHost() throws Exception {
        assertThat(exchange("GET /auth/echo HTTP/1.1", "Host: a", "Host: b")).startsWith("HTTP/1.1 400");
        assertThat(exchange("GET /auth/echo HTTP/1.1")).startsWith("HTTP/1.1 400");
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws Exception {
        assertThat(exchange("GET /auth/echo HTTP/1.1", "Host: a", "X-Long: " + "a".repeat(20_000)))
                .contains(" 431 ");
        assertThat(exchange("GET /auth/" + "a".repeat(20_000) + " HTTP/1.1", "Host: a"))
                .contains(" 414 ");
    }

    @Test
    void aServiceThatIsAwayIsSaidAtOnce() throws Exception {
        assertThat(exchange("GET /away HTTP/1.1", "Host: a"))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("retry-after: 1")
                .contains("{\"message\":");
        assertThat(exchange("POST /away HTTP/1.1", "Host: a", "Content-Length: 0"))
                .startsWith("HTTP/1.1 503");
    }

    @Test
    void aConnectionIsUsedForRequestAfterRequest() throws Exception {
        try (var socket = new Socket(Loopback.HOST, port)) {
            socket.setSoTimeout(5_000);
            var get = "GET /auth/echo HTTP/1.1\r\nHost: a\r\n";
            var post = "POST /auth/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok";
            var requests = get + "\r\n" + post + get + "\r\n" + get + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));

            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers.split("HTTP/1.1 200")).hasSize(5);
        }
    }

    @Test
    void aWebSocketIsPassedOnBothWays() throws Exception {
        var large = "x".repeat(LARGE_MESSAGE_BYTES - 100);
        var received = new CompletableFuture<String>();
        var options = new WebSocketClientOptions()
                .setMaxFrameSize(LARGE_MESSAGE_BYTES)
                .setMaxMessageSize(LARGE_MESSAGE_BYTES);
        var connect = new WebSocketConnectOptions()
                .setHost(Loopback.HOST)
                .setPort(port)
                .setURI("/auth/socket")
                .addHeader("X-Forwarded-For", "203.0.113.9");
        var socket = vertx.createWebSocketClient(options)
                .connect(connect)
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, SECONDS);
        socket.textMessageHandler(received::complete);
        socket.writeTextMessage(large);

        assertThat(received.get(10, SECONDS)).isEqualTo("unknown, 127.0.0.1:" + large);
        socket.close().toCompletionStage().toCompletableFuture().get(5, SECONDS);
    }

    @Test
    void aRefusedWebSocketKeepsTheServicesAnswer() {
        var connecting = vertx.createWebSocketClient()
                .connect(port, Loopback.HOST, "/auth/refused")
                .toCompletionStage()
                .toCompletableFuture();

        assertThatThrownBy(() -> connecting.get(5, SECONDS))
                .cause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refusal -> {
                    assertThat(refusal.getStatus()).isEqualTo(403);
                    assertThat(refusal.getBody()).isEqualTo(Buffer.buffer("no"));
                    assertThat(refusal.getHeaders().get("x-why")).isEqualTo("banned");
                });
    }

    @Test
    void aWebSocketToAServiceThatIsAwayIsAnsweredAtOnce() {
        var connecting = vertx.createWebSocketClient()
                .connect(port, Loopback.HOST, "/away")
                .toCompletionStage()
                .toCompletableFuture();

        assertThatThrownBy(() -> connecting.get(5, SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        refusal -> assertThat(refusal.getStatus()).isEqualTo(503));
    }

    @Test
    void aPortInUseIsReported() {
        assertThatThrownBy(() -> Gateway.open(Loopback.HOST, port, List.of(), Networks.none()))
                .isInstanceOf(BindException.class);
    }

    private static void echo(HttpServerRequest request) {
        if (request.path().equals("/auth/refused")) {
            request.response().setStatusCode(403).putHeader("x-why", "banned").end("no");
            return;
        }
        if (request.path().equals("/auth/socket")) {
            request.toWebSocket()
                    .onSuccess(socket -> socket.textMessageHandler(
                            text -> socket.writeTextMessage(request.getHeader("x-forwarded-for") + ":" + text)));
            return;
        }
        var seen = new StringBuilder(request.method() + " " + request.uri() + "\n");
        request.headers()
                .forEach((name, value) -> seen.append(name.toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(value)
                        .append('\n'));
        request.response().end(seen.toString());
    }

    /** Sends the lines as they are, which a client library would not, and reads until the gateway closes. */
    private static String exchange(String... lines) throws IOException {
        return exchange(port, lines);
    }

    private static String exchangeBehindProxy(String... lines) throws IOException {
        return exchange(portBehindProxy, lines);
    }

    private static String exchange(int at, String... lines) throws IOException {
        try (var socket = new Socket(Loopback.HOST, at)) {
            socket.setSoTimeout(5_000);
            var request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
