package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.platform.net.Networks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request on which the service hangs up before it answers: in good order, or by a reset. */
class SafeRetryIT {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int hangsUp;
    private volatile boolean resets;
    private ServerSocket service;
    private Gateway gateway;
    private int port;

    @BeforeEach
    void open() throws IOException {
        service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        port = Loopback.freePort();
        gateway =
                Gateway.open(Loopback.HOST, port, List.of(Route.toPort("/*", service.getLocalPort())), Networks.none());
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatMayBeDoneTwiceIsSentAgain(boolean reset) throws IOException {
        hangUp(1, reset);

        assertThat(exchange("GET /auth/echo HTTP/1.1")).startsWith("HTTP/1.1 200");
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsSentThreeTimesAtMost(boolean reset) throws IOException {
        hangUp(10, reset);

        assertThat(exchange("DELETE /auth/echo HTTP/1.1")).startsWith("HTTP/1.1 503");
        assertThat(asked).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /auth/echo HTTP/1.1",
                "PATCH /auth/echo HTTP/1.1",
                "GET /api/config/config_entries/external/callback?state=a&code=b HTTP/1.1"
            })
    void whatMayNotBeDoneTwiceIsSentOnce(String request) throws IOException {
        hangUp(10, false);

        assertThat(exchange(request)).startsWith("HTTP/1.1 503");
        assertThat(asked).hasValue(1);
    }

    private void hangUp(int times, boolean reset) {
        hangsUp = times;
        resets = reset;
    }

    private void serve() {
        try {
            while (true) {
                try (var connection = service.accept()) {
                    answer(connection);
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void answer(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        var line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        if (asked.incrementAndGet() > hangsUp) {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
                            .getBytes(StandardCharsets.ISO_8859_1));
        } else if (resets) {
            connection.setSoLinger(true, 0);
        }
    }

    private String exchange(String requestLine) throws IOException {
        try (var socket = new Socket(Loopback.HOST, port)) {
            socket.setSoTimeout(5_000);
            var request = requestLine + "\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
