package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.net.ClientNetwork;
import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundPolicy.Limits;
import dev.latchkey.platform.outbound.OutboundResult.BodyEnd;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import dev.latchkey.platform.outbound.OutboundResult.Refused;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class OutboundHttpIT {

    private static final Duration SHORT = Duration.ofMillis(600);
    private static final int MAX = 10_240;
    private static final OnBehalfOf STRANGER = new OnBehalfOf(new ClientNetwork("198.51.100.7", false), true);
    private static final OnBehalfOf NEIGHBOUR = new OnBehalfOf(new ClientNetwork("198.51.100.8", false), true);

    private static Vertx vertx;

    private final AtomicInteger lookUps = new AtomicInteger();
    private final List<OutboundHttp> opened = new ArrayList<>();

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
            assertThat(server.heads.getFirst())
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
                    .send(request("http://app.example.com:" + server.port() + "/", SHORT)
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
                            .send(request("http://app.example.com:" + server.port(), SHORT))
                            .join())
                    .isEqualTo(new Refused(Refusal.ADDRESS_NOT_ALLOWED));
            assertThat(server.heads).isEmpty();
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
    void silenceBeforeTheHeadersIsATimeout() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            long start = System.nanoTime();

            assertThat(get("http://127.0.0.1:" + server.port() + "/")).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void whatCameBeforeAStallIsKept() throws IOException {
        try (RawServer server = new RawServer(out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning");
            Thread.sleep(5000);
        })) {
            Response response = answered(get("http://127.0.0.1:" + server.port() + "/"));

            assertThat(text(response)).isEqualTo("beginning");
            assertThat(response.end()).isEqualTo(BodyEnd.TIMED_OUT);
        }
    }

    @Test
    void whatCameBeforeTheConnectionBrokeIsKept() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning")) {
            Response response = answered(get("http://127.0.0.1:" + server.port() + "/"));

            assertThat(text(response)).isEqualTo("beginning");
            assertThat(response.end()).isEqualTo(BodyEnd.BROKEN_OFF);
        }
    }

    @Test
    void aByteNowAndThenDoesNotStretchTheDeadline() throws IOException {
        try (RawServer server = new RawServer(out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                say(out, "x");
                Thread.sleep(50);
            }
        })) {
            Response response = answered(get("http://127.0.0.1:" + server.port() + "/"));

            assertThat(response.end()).isEqualTo(BodyEnd.TIMED_OUT);
            assertThat(response.body()).isNotEmpty().hasSizeLessThan(100);
        }
    }

    @Test
    void endlessChunksAreCut() throws IOException {
        try (RawServer server = new RawServer(out -> {
            say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                say(out, "400\r\n" + "y".repeat(1024) + "\r\n");
            }
        })) {
            assertCut(answered(get("http://127.0.0.1:" + server.port() + "/")));
        }
    }

    @Test
    void aLongBodyIsCutAndOneOfExactlyTheLimitIsComplete() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        try (RawServer huge = RawServer.saying(head + "z".repeat(10_000_000));
                RawServer exact = RawServer.saying(head + "z".repeat(MAX))) {
            assertCut(answered(get("http://127.0.0.1:" + huge.port() + "/")));
            Response whole = answered(get("http://127.0.0.1:" + exact.port() + "/"));

            assertThat(whole.complete()).isTrue();
            assertThat(whole.body()).hasSize(MAX);
        }
    }

    @Test
    void compressedBodiesAreDecodedAndBombsAreCutAfterDecoding() throws IOException {
        try (RawServer small = gzipped("hello".getBytes(StandardCharsets.UTF_8));
                RawServer bomb = gzipped(new byte[50_000_000])) {
            assertThat(text(answered(get("http://127.0.0.1:" + small.port() + "/"))))
                    .isEqualTo("hello");
            assertCut(answered(get("http://127.0.0.1:" + bomb.port() + "/")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aBodyThatIsNotWhatItsCodingSaysIsBroken(String coding) throws IOException {
        try (RawServer server = RawServer.saying(
                "HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: 5\r\n\r\nhello")) {
            assertThat(answered(get("http://127.0.0.1:" + server.port() + "/")).end())
                    .isEqualTo(BodyEnd.BROKEN_OFF);
        }
    }

    @Test
    void anUnknownCodingIsAFailure() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nhello")) {
            assertThat(get("http://127.0.0.1:" + server.port() + "/")).isEqualTo(new Failed(Failure.UNKNOWN_CODING));
        }
    }

    @Test
    void hugeOrCountlessHeadersAndOtherProtocolsAreABadResponse() throws IOException {
        try (RawServer huge = RawServer.saying("HTTP/1.1 200 OK\r\nX: " + "h".repeat(100_000) + "\r\n\r\n");
                RawServer many = RawServer.saying("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(500) + "\r\n");
                RawServer ssh = RawServer.saying("SSH-2.0-OpenSSH_9.6\r\n");
                RawServer silent = RawServer.saying("")) {
            for (RawServer server : List.of(huge, many, ssh, silent)) {
                assertThat(get("http://127.0.0.1:" + server.port() + "/")).isEqualTo(new Failed(Failure.BAD_RESPONSE));
            }
        }
    }

    @Test
    void redirectsAreAnswersUnlessTheCallerAsksToFollowThem() throws IOException {
        try (RawServer server = redirecting("/next")) {
            Response response = answered(get("http://127.0.0.1:" + server.port() + "/"));

            assertThat(response.status()).isEqualTo(302);
            assertThat(server.heads).hasSize(1);
        }
    }

    @Test
    void redirectsWithinTheOriginAreFollowedWhenAsked() throws IOException {
        try (RawServer server = redirecting("/next")) {
            String url = "http://127.0.0.1:" + server.port();
            Response response = answered(follow(url));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.redirected()).isTrue();
            assertThat(response.finalUrl()).isEqualTo(url + "/next");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://localhost/",
                "//127.0.0.1:6379/",
                "https://127.0.0.1/",
                "ftp://x/",
                "http://[bad",
                "/%2e%2e/admin",
                "/..;/admin",
                "http://127.0.0.1\\@evil/",
                "file:///etc/passwd",
                "",
            })
    void redirectsElsewhereAreNeverFollowed(String location) throws IOException {
        try (RawServer server = redirecting(location)) {
            assertThat(answered(follow("http://127.0.0.1:" + server.port() + "/?loop"))
                            .status())
                    .isEqualTo(302);
            assertThat(server.heads).allMatch(head -> head.startsWith("GET /?loop "));
        }
    }

    @Test
    void redirectLoopsEndAfterThree() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 307 T\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(answered(follow("http://127.0.0.1:" + server.port() + "/"))
                            .status())
                    .isEqualTo(307);
            assertThat(server.heads).hasSize(4);
        }
    }

    @Test
    void whenTooManyAreUnderWayTheNextIsRefusedAtOnceAndTheRoomComesBack() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp two = client(this::loopback, 2);
            String url = "http://app.example.com:" + server.port() + "/";
            CompletableFuture<OutboundResult> first = two.send(request(url, SHORT));
            CompletableFuture<OutboundResult> second = two.send(request(url, SHORT));

            assertThat(two.send(request(url, SHORT)).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(first.join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(second.join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(two.send(request(url, SHORT)).join()).isEqualTo(new Failed(Failure.TIMEOUT));
        }
    }

    @Test
    void oneClientCannotTakeTheShareOfOthers() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp http = client(this::loopback, new Limits(8, 2, 8));
            List<CompletableFuture<OutboundResult>> stalling = IntStream.range(0, 2)
                    .mapToObj(i -> http.send(to("h" + i, server), STRANGER))
                    .toList();

            assertThat(http.send(to("h3", server), STRANGER).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(http.send(to("h3", server), NEIGHBOUR).join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(stalling).allSatisfy(sent -> assertThat(sent.join()).isEqualTo(new Failed(Failure.TIMEOUT)));
            await().untilAsserted(() ->
                    assertThat(http.send(to("h3", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT)));
        }
    }

    @Test
    void oneHostGetsNoMoreThanItsShare() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp http = client(this::loopback, new Limits(8, 8, 1));
            CompletableFuture<OutboundResult> first = http.send(to("a", server), STRANGER);

            assertThat(http.send(to("a", server), NEIGHBOUR).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(http.send(to("b", server), NEIGHBOUR).join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(first.join()).isEqualTo(new Failed(Failure.TIMEOUT));
        }
    }

    @Test
    void whatIsNotEssentialLeavesHalfToWhatIs() throws IOException {
        OnBehalfOf curious = new OnBehalfOf(NEIGHBOUR.network(), false);
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp http = client(this::loopback, new Limits(4, 4, 4));
            http.send(to("a", server), curious);
            http.send(to("b", server), curious);

            assertThat(http.send(to("c", server), curious).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(http.send(to("c", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT));
        }
    }

    @Test
    void aLookUpThatOutlivesItsRequestStillCountsAgainstItsClientAndNobodyElse() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HostResolver slow = name -> {
            if (name.startsWith("slow")) {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return loopback(name);
        };
        try (RawServer server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            OutboundHttp http = client(slow, new Limits(4, 2, 4));
            assertThat(http.send(to("slow1", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(http.send(to("slow2", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT));

            assertThat(http.send(to("a", server), STRANGER).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(answered(http.send(to("a", server), NEIGHBOUR).join()).status())
                    .isEqualTo(204);
            answer.countDown();
            await().untilAsserted(() ->
                    assertThat(http.send(to("a", server), STRANGER).join()).isInstanceOf(Response.class));
        } finally {
            answer.countDown();
        }
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

            assertThat(answered(http.send(request("http://" + authority + "/", SHORT))
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

    @Test
    void framingHeadersAreNotTheCallersAndHeaderInjectionFails() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            String url = "http://127.0.0.1:" + server.port() + "/";
            OutboundHttp http = client(this::loopback, 10);
            http.send(OutboundRequest.get(
                            url, Map.of("Host", "evil", "Transfer-Encoding", "chunked", "Accept", "a/b"), SHORT, MAX))
                    .join();

            assertThat(server.heads.getFirst())
                    .containsIgnoringCase("accept: a/b")
                    .doesNotContain("evil", "chunked");
            assertThat(http.send(OutboundRequest.get(url, Map.of("Accept", "a\r\nEvil: 1"), SHORT, MAX))
                            .join())
                    .isEqualTo(new Failed(Failure.BAD_RESPONSE));
        }
    }

    private static void assertCut(Response response) {
        assertThat(response.end()).isEqualTo(BodyEnd.CUT);
        assertThat(response.body()).hasSize(MAX);
    }

    private List<InetAddress> loopback(String name) throws UnknownHostException {
        lookUps.incrementAndGet();
        return List.of(InetAddress.getByName("127.0.0.1"));
    }

    private static OutboundRequest to(String host, RawServer server) {
        return request("http://" + host + ".example.com:" + server.port() + "/", SHORT);
    }

    private OutboundHttp client(HostResolver resolver, int maxConcurrent) {
        return client(resolver, new Limits(maxConcurrent, maxConcurrent, maxConcurrent));
    }

    private OutboundHttp client(HostResolver resolver, Limits limits) {
        OutboundPolicy policy = new OutboundPolicy(
                Networks.of("127.0.0.0/8"),
                Ports.parse("80,443,1024-65535"),
                List.of(WebAddress.parse("http://127.0.0.1:8123").orElseThrow()),
                limits);
        OutboundHttp http = new OutboundHttp(vertx, policy, resolver);
        opened.add(http);
        return http;
    }

    private OutboundResult get(String url) {
        return client(this::loopback, 10).send(request(url, SHORT)).join();
    }

    private OutboundResult follow(String url) {
        return client(this::loopback, 10)
                .send(request(url, SHORT).followingSameOrigin())
                .join();
    }

    private static OutboundRequest request(String url, Duration timeout) {
        return OutboundRequest.get(url, Map.of(), timeout, MAX);
    }

    private static Response answered(OutboundResult result) {
        assertThat(result).isInstanceOf(Response.class);
        return (Response) result;
    }

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The first request is sent to {@code location}, every other is answered. */
    private static RawServer redirecting(String location) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        return new RawServer(out -> say(
                out,
                requests.getAndIncrement() == 0
                        ? "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }

    private static RawServer gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return new RawServer(out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
            out.write(zipped.toByteArray());
            out.flush();
        });
    }
}
