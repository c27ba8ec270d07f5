package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.auth.client.ClientVerdict.InvalidClientId;
import dev.latchkey.auth.client.ClientVerdict.InvalidRedirectUri;
import dev.latchkey.platform.net.IpLiterals;
import dev.latchkey.platform.outbound.OutboundHttp;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ClientDirectoryIT {

    private static final String CALLBACK = "hass://auth";
    private static final String LINK = "<link rel=redirect_uri href=" + CALLBACK + ">";

    private static final InetAddress STRANGER = IpLiterals.parse("198.51.100.7").orElseThrow();
    private static final InetAddress NEIGHBOUR =
            IpLiterals.parse("198.51.100.8").orElseThrow();

    private static Vertx vertx;

    private final AtomicLong clock = new AtomicLong();
    private AppServer app;
    private ClientMetadataFetcher fetcher;
    private ClientDirectory directory;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void start() throws IOException {
        app = new AppServer();
        use(FetchSettings.forLoopback());
    }

    @AfterEach
    void stop() throws IOException {
        fetcher.close();
        app.close();
    }

    @Test
    void aRedirectUriOfTheSameOriginNeedsNoFetch() {
        assertThat(verify(app.url("/"), app.url("/cb?x=1#y")))
                .isEqualTo(new Allowed(
                        ClientApp.unknown(ClientId.parse(app.url("/")).orElseThrow()),
                        true,
                        "127.0.0.1:" + app.port()));
        assertThat(app.requests).isEmpty();
    }

    @Test
    void theCompanionAppsNeedNoFetch() {
        assertThat(verify("https://home-assistant.io/iOS", "homeassistant://auth-callback"))
                .isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "foo", "http://8.8.8.8:8123/", "http://u@ex.com", "http://[bad", "https://", "http://ex com"
            })
    void aBadClientIdIsInvalidWhateverTheRedirectUriIs(String clientId) {
        assertThat(verify(clientId, "https://ex.com/cb")).isEqualTo(new InvalidClientId());
        assertThat(verify(clientId, null)).isEqualTo(new InvalidClientId());
        assertThat(describe(clientId)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "http://[bad", "javascript:alert(1)", "/cb", "http://ex.com\\@evil.com/", "http://u@ex.com/"
            })
    void aBadRedirectUriIsInvalidWithoutAFetch(String redirectUri) {
        assertThat(verify(app.url("/"), redirectUri)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(app.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200 OK, text/html", "404 Not Found, text/html", "200 OK, text/plain", "500 Oops, x"})
    void aLinkInThePageCountsWhateverStatusAndType(String status, String type) {
        app.on("/", status, "Content-Type: " + type + "\r\n", "<html><body>" + LINK);

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(Allowed.class);
    }

    @Test
    void aRedirectUriNobodyPublishesIsInvalid() {
        app.html("/", LINK).html("/empty", "<html></html>");

        assertThat(verify(app.url("/"), CALLBACK + "?x")).isEqualTo(new InvalidRedirectUri("not_published"));
        assertThat(verify(app.url("/"), "HASS://auth")).isEqualTo(new InvalidRedirectUri("not_published"));
        assertThat(verify(app.url("/empty"), CALLBACK)).isEqualTo(new InvalidRedirectUri("nothing_published"));
    }

    @Test
    void theFirstTenKilobytesCountAndNoMore() { // IA-19, IA-20, IA-28
        app.html("/before", " ".repeat(10_240 - LINK.length()) + LINK + "x".repeat(10_000_000))
                .html("/across", " ".repeat(1020) + LINK)
                .html("/after", " ".repeat(10_240) + LINK)
                .html("/over", " ".repeat(10_240 - LINK.length() + 1) + LINK)
                .html("/split", LINK + "\u00e9".repeat(20_000));

        assertThat(verify(app.url("/before"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/across"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/split"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/after"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(verify(app.url("/over"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
    }

    @Test
    void aLinkHeaderCounts() {
        app.on("/", "200 OK", "Link: <a:b>; rel=next\r\nLink: <" + CALLBACK + ">; rel=\"redirect_uri\"\r\n", "");

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(Allowed.class);
    }

    @Test
    void linksBeforeAStallOrABreakCountButAreNotRemembered() { // IA-23
        app.on("/stall", out -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + LINK);
                    Thread.sleep(10_000);
                })
                .on("/break", out -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + LINK));

        assertThat(verify(app.url("/stall"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/break"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/break"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(app.requests).containsExactly("/stall", "/break", "/break");
    }

    @Test
    void aSlowDripEndsAtTheDeadline() {
        app.on("/", out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
            for (char c : LINK.repeat(100).toCharArray()) {
                say(out, String.valueOf(c));
                Thread.sleep(40);
            }
        });
        long start = System.nanoTime();

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aClosedPortAnUnknownNameAndBrokenTlsAreInvalidAtOnce() throws IOException { // IA-25
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        app.on("/", out -> {});

        assertThat(verify("http://127.0.0.1:" + closed + "/", CALLBACK))
                .isEqualTo(new InvalidRedirectUri("connect_failed"));
        assertThat(verify("http://unknown.example.com:8000/", CALLBACK))
                .isEqualTo(new InvalidRedirectUri("unknown_host"));
        assertThat(verify("https://127.0.0.1:" + app.port() + "/", CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(verify(app.url("/"), CALLBACK)).isEqualTo(new InvalidRedirectUri("bad_response"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1/, address_not_allowed",
        "http://169.254.169.254/, address_not_allowed",
        "http://intern.example.com/, address_not_allowed",
        "http://mixed.example.com/, address_not_allowed",
        "http://printer.local/, address_not_allowed",
        "http://127.0.0.1:8123/, own_address",
        "http://127.0.0.1:22/, port_not_allowed",
        "http://app.example.com:0/, port_not_allowed",
        "http://app.example.com/%2e%2e/b, invalid_url",
    })
    void addressesThatMustNotBeAskedAreNotAsked(String clientId, String why) { // B02, B03, B06, B08
        assertThat(verify(clientId, CALLBACK)).isEqualTo(new InvalidRedirectUri(why));
        assertThat(describe(clientId)).isEmpty();
    }

    @Test
    void redirectsAreFollowedWithinTheOriginOnly() { // B05
        app.on("/here", "302 Found", "Location: /there\r\n", "")
                .html("/there", "<link rel=redirect_uri href=../cb><link rel=redirect_uri href=hass://auth>")
                .on("/away", "302 Found", "Location: http://169.254.169.254/\r\n", LINK)
                .html("/meta", "<meta http-equiv=refresh content='0;url=http://169.254.169.254/'>");

        assertThat(verify(app.url("/here"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/away"), CALLBACK)).isEqualTo(new InvalidRedirectUri("redirects_elsewhere"));
        assertThat(verify(app.url("/meta"), CALLBACK)).isEqualTo(new InvalidRedirectUri("nothing_published"));
    }

    @Test
    void aMetadataDocumentNamesTheAppAndItsRedirectUris() {
        String id = app.url("/meta.json");
        app.json("/meta.json", document(id));

        assertThat(verify(id, "http://127.0.0.1:51234/cb"))
                .isEqualTo(new Allowed(
                        new ClientApp(
                                id, Optional.of("My App"), List.of("http://127.0.0.1/cb"), true, Optional.empty()),
                        false,
                        "127.0.0.1:" + app.port()));
        assertThat(describe(id)).flatMap(ClientApp::name).contains("My App");
    }

    @Test
    void aSameOriginVerdictUsesTheNameWhenItIsKnownAlready() {
        String id = app.url("/meta.json");
        app.json("/meta.json", document(id));
        describe(id);

        assertThat(((Allowed) verify(id, app.url("/cb"))).app().name()).contains("My App");
        assertThat(app.requests).hasSize(1);
    }

    @Test
    void aDocumentCountsOnlyWholeAndWithStatus200AtTheVeryAddress() {
        String type = "Content-Type: application/json\r\n";
        app.on("/404", "404 Not Found", type, document(app.url("/404")))
                .on("/moved", "302 Found", "Location: /doc\r\n", "")
                .json("/doc", document(app.url("/moved")))
                .json("/long", document(app.url("/long")) + " ".repeat(11_000))
                .on(
                        "/cut",
                        out -> say(
                                out,
                                "HTTP/1.1 200 OK\r\n" + type + "Content-Length: 5000\r\n\r\n"
                                        + document(app.url("/cut"))));

        for (String path : List.of("/404", "/moved", "/long", "/cut")) {
            assertThat(verify(app.url(path), "http://127.0.0.1/cb"))
                    .as(path)
                    .isEqualTo(new InvalidRedirectUri("document_not_served"));
        }
    }

    @Test
    void jsonIsNeverScannedForTags() {
        app.json("/", "{\"echo\": \"" + LINK + "\"}");

        assertThat(verify(app.url("/"), CALLBACK)).isEqualTo(new InvalidRedirectUri("document_of_another_client"));
    }

    @Test
    void aDocumentOverPlainHttpCountsOnLoopbackHostsOnly() {
        String id = "http://app.example.com:" + app.port() + "/meta.json";
        app.json("/meta.json", document(id));

        assertThat(verify(id, "http://127.0.0.1/cb")).isEqualTo(new InvalidRedirectUri("document_needs_https"));
    }

    @Test
    void goodAnswersAreRememberedForABoundedTime() {
        app.html("/", LINK);
        verify(app.url("/"), CALLBACK);
        verify(app.url("/"), CALLBACK);
        describe(app.url("/"));
        assertThat(app.requests).hasSize(1);

        clock.addAndGet(Duration.ofMinutes(5).toNanos());
        verify(app.url("/"), CALLBACK);

        assertThat(app.requests).hasSize(2);
    }

    @Test
    void failuresAreNeverRemembered() { // B14
        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        app.html("/", "<html></html>");
        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        app.html("/", LINK);

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(Allowed.class);
    }

    @Test
    void simultaneousQuestionsAboutOneAppAreOneFetch() throws Exception {
        app.on("/", out -> {
            Thread.sleep(200);
            say(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + LINK);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ClientVerdict>> questions = IntStream.range(0, 40)
                    .<Callable<ClientVerdict>>mapToObj(i -> () -> verify(app.url("/"), CALLBACK))
                    .toList();
            for (Future<ClientVerdict> answer : callers.invokeAll(questions)) {
                assertThat(answer.get()).isInstanceOf(Allowed.class);
            }
        }

        assertThat(app.requests).hasSize(1);
    }

    @Test
    void whenTooManyFetchesAreUnderWayOthersAreRefusedAndSameOriginStillWorks() throws Exception {
        use(new FetchSettings(Optional.of(List.of("127.0.0.0/8")), Duration.ofMillis(700), 1));
        app.on("/hang", out -> Thread.sleep(10_000));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ClientVerdict> hanging = callers.submit(() -> verify(app.url("/hang"), CALLBACK));
            while (app.requests.isEmpty()) {
                Thread.onSpinWait();
            }

            assertThat(verify(app.url("/other"), CALLBACK)).isEqualTo(new InvalidRedirectUri("busy"));
            assertThat(verify(app.url("/other"), app.url("/cb"))).isInstanceOf(Allowed.class);
            assertThat(hanging.get()).isEqualTo(new InvalidRedirectUri("timeout"));
        }
    }

    @Test
    void aStrangerWithStallingAppsKeepsNobodyElseFromTheirs() throws Exception {
        app.html("/good", LINK);
        List<String> hanging =
                IntStream.range(0, 4).mapToObj(i -> app.url("/hang" + i)).toList();
        hanging.forEach(url -> app.on(url.substring(url.lastIndexOf('/')), out -> Thread.sleep(10_000)));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String url : hanging) {
                callers.submit(() -> directory.verify(url, CALLBACK, STRANGER));
            }
            while (app.requests.size() < hanging.size()) {
                Thread.onSpinWait();
            }

            assertThat(directory.verify(app.url("/good"), CALLBACK, STRANGER))
                    .isEqualTo(new InvalidRedirectUri("busy"));
            assertThat(verify(app.url("/good"), CALLBACK)).isInstanceOf(Allowed.class);
        }
    }

    @Test
    void lookingForANameGivesUpSoonerThanAVerdict() {
        use(new FetchSettings(Optional.of(List.of("127.0.0.0/8")), Duration.ofSeconds(8), 10));
        app.on("/", out -> Thread.sleep(10_000));
        long start = System.nanoTime();

        assertThat(describe(app.url("/"))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void hostilePagesAndHeadersAreJustUseless() {
        app.on("/link", "200 OK", "Link: <a:b>; title=\"" + "\\a".repeat(2000) + "\r\n", "")
                .html("/deep", "<div>".repeat(2000))
                .html("/tags", "<".repeat(10_000))
                .html("/attributes", "<link " + "rel=redirect_uri ".repeat(500))
                .on("/binary", "200 OK", "Content-Type: image/png\r\n", new byte[9000])
                .json("/json", "[".repeat(10_000))
                .on("/odd", "299 \u00ff", "Content-Type: ;;,\r\nContent-Type: x\r\n", "");

        for (String path : List.of("/link", "/deep", "/tags", "/attributes", "/binary", "/odd")) {
            assertThat(verify(app.url(path), CALLBACK)).as(path).isEqualTo(new InvalidRedirectUri("nothing_published"));
        }
        assertThat(verify(app.url("/json"), CALLBACK)).isEqualTo(new InvalidRedirectUri("document_not_json"));
    }

    @Test
    void aBombIsCutAfterDecoding() throws IOException { // B09
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(LINK.getBytes(StandardCharsets.UTF_8));
            out.write(new byte[30_000_000]);
        }
        app.on("/", "200 OK", "Content-Encoding: gzip\r\n", zipped.toByteArray());

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(Allowed.class);
    }

    private ClientVerdict verify(String clientId, String redirectUri) {
        return directory.verify(clientId, redirectUri, NEIGHBOUR);
    }

    private Optional<ClientApp> describe(String clientId) {
        return directory.describe(clientId, NEIGHBOUR);
    }

    private void use(FetchSettings settings) {
        if (fetcher != null) {
            fetcher.close();
        }
        OutboundHttp http = new OutboundHttp(
                vertx, ClientMetadataFetcher.policy(settings, "http://127.0.0.1:8123"), ClientDirectoryIT::resolve);
        fetcher = new ClientMetadataFetcher(http, settings);
        directory = new ClientDirectory(fetcher, settings, clock::get);
    }

    private static List<InetAddress> resolve(String name) throws UnknownHostException {
        return switch (name) {
            case "app.example.com", "printer.local" ->
                List.of(InetAddress.getByName(name.equals("printer.local") ? "93.184.216.34" : "127.0.0.1"));
            case "intern.example.com" -> List.of(InetAddress.getByName("10.0.0.1"));
            case "mixed.example.com" ->
                List.of(InetAddress.getByName("93.184.216.34"), InetAddress.getByName("10.0.0.1"));
            default -> throw new UnknownHostException(name);
        };
    }

    private static String document(String id) {
        return "{\"client_id\": \"" + id
                + "\", \"client_name\": \"My App\", \"redirect_uris\": [\"http://127.0.0.1/cb\"]}";
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
