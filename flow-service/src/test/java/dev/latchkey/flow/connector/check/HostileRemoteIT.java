package dev.latchkey.flow.connector.check;

import static dev.latchkey.flow.connector.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.connector.ScriptedServer;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a remote can do that is broken or means harm. */
@Timeout(60)
class HostileRemoteIT extends ConnectionCheckTesting {

    @Test
    void aRedirectWithinTheOriginIsFollowedAndOneElsewhereIsNoConnection() throws IOException {
        try (ScriptedServer other = ScriptedServer.answering(200, "{\"user\":{\"id\":\"stolen\"}}");
                ScriptedServer server = new ScriptedServer((request, out) -> {
                    if (request.line().contains("/me/")) {
                        answer(out, 200, "{\"user\":{\"id\":\"a\"}}");
                    } else {
                        answer(out, 308, "", "Location: /me/");
                    }
                })) {
            assertThat(run(server.url())).isEqualTo(new Passed("a", "Sample"));
            server.now((request, out) -> answer(out, 302, "", "Location: " + other.url() + "/me"));
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
            server.now((request, out) -> answer(out, 302, "", "Location: /me"));
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void noConnectionNoNameAndNoTlsAreNoConnection() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        try (ScriptedServer server = ScriptedServer.answering(200, "{}")) {
            assertThat(problem(run("http://127.0.0.1:" + closed))).isEqualTo(Problem.CANNOT_CONNECT);
            assertThat(problem(run("http://no-such-name.invalid:8080"))).isEqualTo(Problem.CANNOT_CONNECT);
            assertThat(problem(run(server.url().replace("http:", "https:")))).isEqualTo(Problem.CANNOT_CONNECT);
        }
    }

    @Test
    void aRemoteThatHangsAtAnyPointIsCutAtTheDeadline() throws IOException {
        CountDownLatch forever = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((request, out) -> forever.await())) {
            assertThat(problem(outbounds.check().run(HASTY, values(server.url()))))
                    .isEqualTo(Problem.CANNOT_CONNECT);
            server.now((request, out) -> {
                say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"user\":");
                forever.await();
            });
            assertThat(problem(outbounds.check().run(HASTY, values(server.url()))))
                    .isEqualTo(Problem.CANNOT_CONNECT);
            server.now((request, out) -> {
                say(out, "HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{");
                forever.await();
            });
            assertThat(problem(outbounds.check().run(HASTY, values(server.url()))))
                    .isEqualTo(Problem.INVALID_AUTH);
        } finally {
            forever.countDown();
        }
    }

    @Test
    void aRemoteThatDripsIsCutAtTheDeadline() throws IOException {
        CountDownLatch stop = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!stop.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                say(out, "1\r\n \r\n");
            }
        })) {
            assertThat(problem(outbounds.check().run(HASTY, values(server.url()))))
                    .isEqualTo(Problem.CANNOT_CONNECT);
        } finally {
            stop.countDown();
        }
    }

    @Test
    void aRemoteThatFloodsIsCutAtTheLimit() throws IOException {
        byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = new ScriptedServer((request, out) -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
            for (int i = 0; i < 16 * 1024; i++) {
                out.write(piece);
            }
        })) {
            assertThat(problem(run(server.url()))).isEqualTo(Problem.INVALID_RESPONSE);
            server.now((request, out) -> {
                say(out, "HTTP/1.1 200 OK\r\n");
                for (int i = 0; i < 16 * 1024; i++) {
                    say(out, "X-" + i + ": " + "y".repeat(1000) + "\r\n");
                }
            });
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 two hundred\r\n\r\n", "\u0000\u0000\u0000", ""})
    void whatDoesNotSpeakHttpIsNoConnection(String banner) throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, out) -> say(out, banner))) {
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNoConnectionAndOneInAnUnknownCodingIsInvalid() throws IOException {
        try (ScriptedServer server = new ScriptedServer(
                (request, out) -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"user\":"))) {
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
            server.now((request, out) -> answer(out, 200, "xx", "Content-Encoding: zstd"));
            assertThat(problem(run(server.url()))).isEqualTo(Problem.INVALID_RESPONSE);
        }
    }

    @Test
    void aRemoteThatSendsTheCredentialBackDoesNotGetItShown() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.answering(200, "{\"user\":{\"id\":\"a\",\"name\":\"I am canary-9!\"}}")) {
            Map<String, Object> values = Map.of("host", server.url(), "token", Secret.of("canary-9"));

            assertThat(outbounds.check().run(SAMPLE, values)).isEqualTo(new Passed("a", "Sample"));
            server.now((request, out) -> answer(out, 200, "{\"user\":{\"id\":\"canary-9\"}}"));
            assertThat(problem(outbounds.check().run(SAMPLE, values))).isEqualTo(Problem.INVALID_RESPONSE);
            server.now((request, out) -> answer(out, 200, "{\"user\":{\"id\":\"7\",\"name\":\"Room 7\"}}"));
            assertThat(outbounds.check().run(SAMPLE, Map.of("host", server.url(), "token", Secret.of("7 "))))
                    .isEqualTo(new Passed("7", "Room 7"));
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
