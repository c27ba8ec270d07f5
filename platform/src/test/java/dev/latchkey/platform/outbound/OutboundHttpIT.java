package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.outbound.OutboundResult.BodyEnd;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import dev.latchkey.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of an answer, and for how long. */
class OutboundHttpIT extends OutboundClients {

    @Test
    void silenceBeforeTheHeadersIsATimeout() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            long start = System.nanoTime();

            assertThat(get("http://127.0.0.1:" + server.port() + "/", SHORT)).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void whatCameBeforeAStallIsKept() throws IOException {
        try (RawServer server = new RawServer(out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning");
            Thread.sleep(5000);
        })) {
            Response response = answered(get("http://127.0.0.1:" + server.port() + "/", SHORT));

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
            Response response = answered(get("http://127.0.0.1:" + server.port() + "/", SHORT));

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
    void framingHeadersAreNotTheCallersAndHeaderInjectionFails() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            String url = "http://127.0.0.1:" + server.port() + "/";
            OutboundHttp http = client(this::loopback, 10);
            http.send(OutboundRequest.get(
                            url, Map.of("Host", "evil", "Transfer-Encoding", "chunked", "Accept", "a/b"), PATIENT, MAX))
                    .join();

            assertThat(server.heads().getFirst())
                    .containsIgnoringCase("accept: a/b")
                    .doesNotContain("evil", "chunked");
            assertThat(http.send(OutboundRequest.get(url, Map.of("Accept", "a\r\nEvil: 1"), PATIENT, MAX))
                            .join())
                    .isEqualTo(new Failed(Failure.BAD_RESPONSE));
        }
    }

    private static void assertCut(Response response) {
        assertThat(response.end()).isEqualTo(BodyEnd.CUT);
        assertThat(response.body()).hasSize(MAX);
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
