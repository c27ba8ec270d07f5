package dev.latchkey.flow.connector.check;

import static dev.latchkey.flow.connector.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.connector.ScriptedServer;
import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.Described;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the table of outcomes. */
@Timeout(60)
class CheckOutcomesIT extends ConnectionCheckTesting {

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
    void theHostIsWhoTheTestWouldAsk() {
        assertThat(outbounds.check().host(SAMPLE, values("http://Grafana.Example.com:3000/x")))
                .contains("grafana.example.com");
        assertThat(outbounds.check().host(SAMPLE, values("nonsense"))).isEmpty();
    }
}
