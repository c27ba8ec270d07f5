package dev.latchkey.flow.connector.check;

import static dev.latchkey.flow.connector.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.connector.ScriptedServer;
import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.Described;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the table of outcomes, and what a hostile remote can do. */
@Timeout(30)
class ConnectionCheckIT {

    private static final Connector SAMPLE = Described.by("""
            domain: sample
            name: Sample
            fields:
              - { name: host, selector: { text: { type: url } }, required: true }
              - { name: token, selector: { text: { type: password } }, required: true, secret: true }
            check:
              request:
                url: "{+host}/me"
                headers: { Authorization: "Bearer {token}" }
                timeout: 700ms
              account: { unique_id: /user/id, title: /user/name }
            """);

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private static Outbounds outbounds;

    @BeforeAll
    static void open() {
        outbounds = new Outbounds(CLOCK);
    }

    @AfterAll
    static void close() {
        outbounds.close();
    }

    @Test
    void aGoodAnswerNamesTheAccountAndItsTitle() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.answering(200, "{\"user\":{\"id\":12345678901234567890,\"name\":\"Ada\"}}")) {
            assertThat(run(server.url())).isEqualTo(new Passed("12345678901234567890", "Ada"));
            assertThat(server.requests().getFirst().line()).isEqualTo("GET /me HTTP/1.1");
            assertThat(server.requests().getFirst().header("Authorization")).isEqualTo("Bearer t0ken");
            assertThat(server.requests().getFirst().header("Accept")).isEqualTo("application/json");
            assertThat(server.requests().getFirst().header("User-Agent")).isEqualTo("Latchkey");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":{\"id\":\"a\"}}",
                "{\"user\":{\"id\":\"a\",\"name\":null}}",
                "{\"user\":{\"id\":\"a\",\"name\":[]}}",
                "{\"user\":{\"id\":\"a\",\"name\":\" \"}}",
                "{\"user\":{\"id\":\"a\",\"name\":\"\\u0007\\u202e\"}}"
            })
    void withoutATitleTheConnectorsNameIsTheTitle(String body) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, body)) {
            assertThat(run(server.url())).isEqualTo(new Passed("a", "Sample"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "<html>",
                "{",
                "{\"user\":{\"id\":\"a\"}} trailing",
                "null",
                "[]",
                "7",
                "{}",
                "{\"user\":{}}",
                "{\"user\":{\"id\":null}}",
                "{\"user\":{\"id\":\"\"}}",
                "{\"user\":{\"id\":\"  \"}}",
                "{\"user\":{\"id\":true}}",
                "{\"user\":{\"id\":{}}}",
                "{\"user\":{\"id\":\"a\\u0000b\"}}",
                "\u0000\u0001\u0002"
            })
    void anAnswerThatIsNotJsonOrNamesNoAccountIsInvalid(String body) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, body)) {
            assertThat(problem(run(server.url()))).isEqualTo(Problem.INVALID_RESPONSE);
        }
    }

    @Test
    void anAccountOrANestingThatIsTooLongIsInvalid() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "{\"user\":{\"id\":\"" + "x".repeat(256) + "\"}}")) {
            assertThat(problem(run(server.url()))).isEqualTo(Problem.INVALID_RESPONSE);
            server.now((request, out) -> answer(out, 200, "[".repeat(5000)));
            assertThat(problem(run(server.url()))).isEqualTo(Problem.INVALID_RESPONSE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, INVALID_AUTH",
        "403, INVALID_AUTH",
        "404, CANNOT_CONNECT",
        "410, CANNOT_CONNECT",
        "408, CANNOT_CONNECT",
        "425, CANNOT_CONNECT",
        "429, CANNOT_CONNECT",
        "500, CANNOT_CONNECT",
        "502, CANNOT_CONNECT",
        "503, CANNOT_CONNECT",
        "504, CANNOT_CONNECT",
        "400, UNKNOWN",
        "418, UNKNOWN"
    })
    void theStatusDecides(int status, Problem expected) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(status, "{\"user\":{\"id\":\"a\"}}")) {
            assertThat(problem(run(server.url()))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, 17, PT17S", "503, 'Fri, 20 Nov 2026 12:01:00 GMT', PT1M", "503, 86400, PT1H", "503, soon, "})
    void theRemoteSaysWhenItWantsToBeAskedAgain(int status, String header, Duration expected) throws IOException {
        try (ScriptedServer server =
                new ScriptedServer((request, out) -> answer(out, status, "", "Retry-After: " + header))) {
            assertThat(run(server.url()))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.retryAfter()).isEqualTo(expected));
        }
    }

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
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
            server.now((request, out) -> {
                say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"user\":");
                forever.await();
            });
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
            server.now((request, out) -> {
                say(out, "HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{");
                forever.await();
            });
            assertThat(problem(run(server.url()))).isEqualTo(Problem.INVALID_AUTH);
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
            assertThat(problem(run(server.url()))).isEqualTo(Problem.CANNOT_CONNECT);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://169.254.169.254:80/latest/meta-data",
                "http://[::ffff:169.254.169.254]",
                "http://[64:ff9b::a9fe:a9fe]",
                "http://192.168.1.20:8123",
                "http://224.0.0.1",
                "http://0.0.0.0:8080",
                "http://[fe80::1]",
                "http://127.0.0.1:22",
                "https://latchkey.example.com",
                "https://LATCHKEY.example.com:8443/x"
            })
    void anAddressThatThePolicyRefusesIsAnErrorOfTheFieldThatHeldIt(String host) {
        assertThat(run(host)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.problem()).isEqualTo(Problem.ADDRESS_NOT_ALLOWED);
            assertThat(failed.field()).isEqualTo("host");
        });
    }

    @Test
    void thePlatformsOwnEndpointsAreRefusedInEverySpelling() throws IOException {
        try (ScriptedServer database = ScriptedServer.answering(200, "{\"user\":{\"id\":\"a\"}}")) {
            String port = database.url().substring(database.url().lastIndexOf(':'));
            try (Outbounds guarded =
                    new Outbounds(CLOCK, name -> List.of(InetAddress.getByName("127.0.0.1")), "127.0.0.1" + port)) {
                for (String host : new String[] {
                    "127.0.0.1", "localhost", "127.9.9.9", "[::1]", "[::ffff:127.0.0.1]", "innocent.example.com"
                }) {
                    assertThat(problem(guarded.check().run(SAMPLE, values("http://" + host + port))))
                            .as(host)
                            .isEqualTo(Problem.ADDRESS_NOT_ALLOWED);
                }
            }
            assertThat(database.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.168.1.20",
                "grafana:3000",
                "ftp://h.example",
                "javascript:alert(1)",
                "http://",
                "http://user:pass@h.example",
                "http://h.example/?x=1",
                "http://h.example/#",
                "http://h.example/a b",
                "http://h.example\r\nX: y",
                "http://2130706433/",
                "http://h.example:99999",
                "http://h.example/../admin",
                "http://h.example/%2e%2e/admin"
            })
    void whatIsNoAddressIsAnErrorOfTheField(String host) {
        assertThat(run(host)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.problem()).isEqualTo(Problem.INVALID_HOST);
            assertThat(failed.field()).isEqualTo("host");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Admin: 1", "a\nb", "a\u0000b", "tökén", "a\u007f"})
    void aValueThatAHeaderCannotHoldIsAnErrorOfItsFieldAndNothingIsSent(String token) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "{\"user\":{\"id\":\"a\"}}")) {
            CheckResult result = outbounds.check().run(SAMPLE, Map.of("host", server.url(), "token", Secret.of(token)));

            assertThat(result).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.problem()).isEqualTo(Problem.INVALID_VALUE);
                assertThat(failed.field()).isEqualTo("token");
                assertThat(failed.reason()).doesNotContain(token);
            });
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void userNameAndPasswordAreSentInTheBasicSchemeOrNotAtAll() throws IOException {
        Connector basic = Described.by("""
                domain: sample
                name: Sample
                fields:
                  - { name: host, selector: { text: { type: url } }, required: true }
                  - { name: user, selector: { text: {} } }
                  - { name: pass, selector: { text: { type: password } }, secret: true }
                  - { name: port, selector: { number: { min: 1, max: 65535 } } }
                check:
                  request:
                    method: POST
                    url: "{+host}/me?port={port}"
                    headers: { X-Port: "{port}", X-User: "{user}" }
                    basic_auth: { username: "{user}", password: "{pass}" }
                  account: { per: host }
                """);
        try (ScriptedServer server = ScriptedServer.answering(200, "{}")) {
            Map<String, Object> values = new HashMap<>(Map.of("host", server.url(), "user", "ada", "port", 8080.0));
            String id = "@" + server.url().substring("http://".length());

            assertThat(outbounds.check().run(basic, values)).isEqualTo(new Passed(id, "Sample"));
            assertThat(server.requests().getLast().line()).isEqualTo("POST /me?port=8080 HTTP/1.1");
            assertThat(server.requests().getLast().header("Content-Length")).isEqualTo("0");
            assertThat(server.requests().getLast().header("Authorization")).isNull();
            assertThat(server.requests().getLast().header("X-Port")).isEqualTo("8080");
            values.put("pass", Secret.of("pä:ss"));
            values.remove("port");
            assertThat(outbounds.check().run(basic, values)).isEqualTo(new Passed(id, "Sample"));
            assertThat(server.requests().getLast().header("Authorization")).isEqualTo("Basic YWRhOnDDpDpzcw==");
            assertThat(server.requests().getLast().header("X-Port")).isNull();
        }
    }

    @Test
    void anAccountIsTheSameWhereverItsServerMovesButOnEachServerAnotherOne() throws IOException {
        Connector perHost = Described.by("""
                domain: sample
                name: Sample
                fields: [{ name: host, selector: { text: { type: url } }, required: true }]
                check:
                  request: { url: "{+host}/me" }
                  account: { unique_id: /id, per: host }
                """);
        try (ScriptedServer one = ScriptedServer.answering(200, "{\"id\":1}");
                ScriptedServer two = ScriptedServer.answering(200, "{\"id\":1}");
                ScriptedServer three = ScriptedServer.answering(200, "{\"id\":2}")) {
            String first = passed(perHost, one.url());

            assertThat(passed(perHost, one.url() + "/")).isEqualTo(first);
            assertThat(passed(perHost, two.url())).isNotEqualTo(first);
            assertThat(AccountIds.sameAccount(perHost, first, passed(perHost, two.url())))
                    .isTrue();
            assertThat(AccountIds.sameAccount(perHost, first, passed(perHost, three.url())))
                    .isFalse();
            assertThat(AccountIds.sameAccount(perHost, null, first)).isFalse();
            assertThat(AccountIds.sameAccount(SAMPLE, "1", first)).isFalse();
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

    @Test
    void theHostIsWhoTheTestWouldAsk() {
        assertThat(outbounds.check().host(SAMPLE, values("http://Grafana.Example.com:3000/x")))
                .contains("grafana.example.com");
        assertThat(outbounds.check().host(SAMPLE, values("nonsense"))).isEmpty();
    }

    private static CheckResult run(String host) {
        return outbounds.check().run(SAMPLE, values(host));
    }

    private static String passed(Connector connector, String host) {
        return ((Passed) outbounds.check().run(connector, Map.of("host", host))).uniqueId();
    }

    private static Map<String, Object> values(String host) {
        return Map.of("host", host, "token", Secret.of("t0ken"));
    }

    private static Problem problem(CheckResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        Failed failed = (Failed) result;
        assertThat(failed.reason()).isNotBlank().doesNotContain("t0ken");
        return failed.problem();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
