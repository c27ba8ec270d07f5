package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import dev.latchkey.platform.outbound.OutboundResult.Refused;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import dev.latchkey.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests may go, and that they go where was looked. */
class OutboundAddressesIT extends OutboundClients {

    @Test
    void theNameIsResolvedOnceAndTheRequestStillCarriesIt() throws IOException {
        try (RawServer server =
                RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\nhi")) {
            Response response = answered(get("http://app.example.com:" + server.port() + "/id?x=1"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(text(response)).isEqualTo("hi");
            assertThat(response.complete()).isTrue();
            assertThat(response.redirected()).isFalse();
            assertThat(response.headers().allValues("X-a")).containsExactly("1", "2");
            assertThat(server.heads().getFirst())
                    .startsWith("GET /id?x=1 HTTP/1.1\n")
                    .containsIgnoringCase("\nhost: app.example.com:" + server.port() + "\n")
                    .containsIgnoringCase("\nconnection: close\n");
            assertThat(lookUps).hasValue(1);
        }
    }

    @Test
    void aNameThatAnswersDifferentlyTheSecondTimeIsNotAskedASecondTime() throws IOException {
        try (RawServer server = redirecting("/next")) {
            HostResolver rebinding = name ->
                    List.of(InetAddress.getByName(lookUps.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254"));
            Response response = (Response) client(rebinding, 10)
                    .send(request("http://app.example.com:" + server.port() + "/", PATIENT)
                            .followingSameOrigin())
                    .join();

            assertThat(response.status()).isEqualTo(200);
            assertThat(lookUps).hasValue(1);
        }
    }

    @Test
    void oneForbiddenAnswerAmongGoodOnesMeansNoConnection() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\n\r\n")) {
            HostResolver mixed =
                    name -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("169.254.169.254"));

            assertThat(client(mixed, 10)
                            .send(request("http://app.example.com:" + server.port(), PATIENT))
                            .join())
                    .isEqualTo(new Refused(Refusal.ADDRESS_NOT_ALLOWED));
            assertThat(server.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data", "http://[::ffff:169.254.169.254]/", "http://10.0.0.1/",
                "http://[fd00::1]/", "http://100.64.0.1/", "http://[64:ff9b::a9fe:a9fe]/",
            })
    void specialUseLiteralsAreRefused(String url) {
        assertThat(get(url)).isEqualTo(new Refused(Refusal.ADDRESS_NOT_ALLOWED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "ftp://a.example", "http://2130706433/", "http://a@b.example/", "http://a.example/..%2f"
            })
    void whatIsNoAddressIsRefused(String url) {
        assertThat(get(url)).isEqualTo(new Refused(Refusal.INVALID_URL));
    }

    @Test
    void ourOwnOriginIsRefused() {
        assertThat(get("http://127.0.0.1:8123/")).isEqualTo(new Refused(Refusal.OWN_ADDRESS));
    }

    @Test
    void aNameWithoutAnswersAndAClosedPortFailAtOnce() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        HostResolver nothing = name -> {
            throw new UnknownHostException(name);
        };

        assertThat(client(nothing, 10)
                        .send(request("http://app.example.com:8000/", SHORT))
                        .join())
                .isEqualTo(new Failed(Failure.UNKNOWN_HOST));
        assertThat(get("http://127.0.0.1:" + closed + "/")).isEqualTo(new Failed(Failure.CONNECT_FAILED));
    }

    @Test
    void aHangingResolverIsCutAtTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        HostResolver hanging = name -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException("interrupted");
            }
            return List.of();
        };

        assertThat(client(hanging, 10)
                        .send(request("http://app.example.com:8000/", SHORT))
                        .join())
                .isEqualTo(new Failed(Failure.TIMEOUT));
    }

    @Test
    void anIpv6LiteralKeepsItsBracketsInTheHostHeader() throws Exception {
        OutboundPolicy policy = new OutboundPolicy(Networks.of("::1"), Ports.parse("1024-65535"), List.of(), 1);
        OutboundHttp http = new OutboundHttp(vertx, policy, HostResolver.SYSTEM);
        opened.add(http);
        try (ServerSocket socket = new ServerSocket()) {
            try {
                socket.bind(new InetSocketAddress("::1", 0));
            } catch (IOException e) {
                Assumptions.abort("no IPv6 here");
            }
            var head = CompletableFuture.supplyAsync(() -> {
                try (Socket connection = socket.accept()) {
                    byte[] read = new byte[4096];
                    int length = connection.getInputStream().read(read);
                    say(connection.getOutputStream(), "HTTP/1.1 204 No Content\r\n\r\n");
                    return new String(read, 0, length, StandardCharsets.US_ASCII);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            String authority = "[::1]:" + socket.getLocalPort();

            assertThat(answered(http.send(request("http://" + authority + "/", PATIENT))
                                    .join())
                            .status())
                    .isEqualTo(204);
            assertThat(head.get()).containsIgnoringCase("\r\nhost: " + authority + "\r\n");
        }
    }

    @Test
    void proxySettingsOfTheProcessAreIgnored() throws IOException {
        System.setProperty("http.proxyHost", "192.0.2.1");
        System.setProperty("http.proxyPort", "3128");
        try (RawServer server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(answered(get("http://127.0.0.1:" + server.port() + "/")).status())
                    .isEqualTo(204);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
    }
}
