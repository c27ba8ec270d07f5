package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.auth.client.ClientVerdict.InvalidRedirectUri;
import dev.latchkey.platform.net.IpLiterals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the directory remembers, and how much of it one client or one app can use up. */
class ClientDirectoryLimitsIT extends AppsOnLoopback {

    private static final InetAddress STRANGER = IpLiterals.parse("198.51.100.7").orElseThrow();

    @Test
    void aSlowDripEndsAtTheDeadline() {
        app.on("/", out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
            for (char c : LINK.repeat(100).toCharArray()) {
                say(out, String.valueOf(c));
                Thread.sleep(250);
            }
        });
        long start = System.nanoTime();

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void goodAnswersAreRememberedForABoundedTime() {
        app.html("/", LINK);
        verify(app.url("/"), CALLBACK);
        verify(app.url("/"), CALLBACK);
        describe(app.url("/"));
        assertThat(app.requests()).hasSize(1);

        // The cache notes when an answer came shortly after it did, on another thread.
        for (int i = 0; i < 2 && app.requests().size() < 2; i++) {
            clock.addAndGet(Duration.ofMinutes(5).toNanos());
            verify(app.url("/"), CALLBACK);
        }
        assertThat(app.requests()).hasSize(2);
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

        assertThat(app.requests()).hasSize(1);
    }

    @Test
    void whenTooManyFetchesAreUnderWayOthersAreRefusedAndSameOriginStillWorks() throws Exception {
        use(new FetchSettings(Optional.of(List.of("127.0.0.0/8")), Duration.ofSeconds(3), 1));
        app.on("/hang", out -> Thread.sleep(10_000));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ClientVerdict> hanging = callers.submit(() -> verify(app.url("/hang"), CALLBACK));
            while (app.requests().isEmpty()) {
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
            while (app.requests().size() < hanging.size()) {
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
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
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
}
