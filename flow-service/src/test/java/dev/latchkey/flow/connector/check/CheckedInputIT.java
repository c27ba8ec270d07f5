package dev.latchkey.flow.connector.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.connector.ScriptedServer;
import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.Described;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for must be an address that may be asked, and fit into a request. */
@Timeout(60)
class CheckedInputIT extends ConnectionCheckTesting {

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
}
