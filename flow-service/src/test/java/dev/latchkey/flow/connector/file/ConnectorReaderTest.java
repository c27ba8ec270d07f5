package dev.latchkey.flow.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.definition.Outcome;
import dev.latchkey.flow.connector.definition.OutcomeRule;
import dev.latchkey.flow.form.Field;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorReaderTest {

    static final String WHOLE = """
            # grafana.yaml: the file name is the domain
            domain: grafana                      # ^[a-z][a-z0-9_]{1,49}$
            name: Grafana
            version: 2
            documentation: https://example.org/grafana
            integration_type: service            # hub (default) | device | service
            single_instance: false
            fields:                              # order = order on the form
              - name: host
                label: Host
                description: Address of the server, with scheme and port
                selector: { text: { type: url } }
                required: true
              - name: api_token
                label: API token
                selector: { text: { type: password } }
                required: true
                secret: true
              - name: verify_tls
                selector: { boolean: {} }
                default: true
            steps:
              user: [host, api_token, verify_tls]
              reauth_confirm: [api_token]
              reconfigure: [host, api_token, verify_tls]
            check:
              request:
                method: GET
                url: "{+host}/api/user"
                headers: { Authorization: "Bearer {api_token}" }
                timeout: 12s
              account:
                unique_id: /id
                title: /login
              outcomes:
                - { status: 2xx, is: ok }
                - { status: [401, 403], is: invalid_auth }
                - { status: [404, 410], is: cannot_connect }
                - { status: [408, 425, 429, 5xx], is: cannot_connect }
            probe: 5m
            options:
              - { name: poll_seconds, selector: { number: { min: 5, max: 3600 } }, default: 60 }
            """;

    private static final String SHORTEST = """
            domain: sample
            name: Sample
            fields:
              - name: host
                selector: { text: { type: url } }
                required: true
              - name: token
                selector: { text: { type: password } }
                required: true
                secret: true
            check:
              request:
                url: "{+host}/me"
                headers: { Authorization: "Bearer {token}" }
              account:
                unique_id: /id
            """;

    @Test
    void everyKeyOfTheFormatIsRead() throws Exception {
        Connector connector = ConnectorReader.read("grafana", WHOLE);

        assertThat(connector.domain()).isEqualTo("grafana");
        assertThat(connector.name()).isEqualTo("Grafana");
        assertThat(connector.version()).isEqualTo(2);
        assertThat(connector.documentation()).isEqualTo("https://example.org/grafana");
        assertThat(connector.type()).isEqualTo(IntegrationType.SERVICE);
        assertThat(connector.singleInstance()).isFalse();
        assertThat(connector.fields().fields())
                .extracting(Field::name)
                .containsExactly("host", "api_token", "verify_tls");
        assertThat(connector.field("host").label()).isEqualTo("Host");
        assertThat(connector.field("host").hint()).isEqualTo("Address of the server, with scheme and port");
        assertThat(connector.field("verify_tls").defaultValue()).isEqualTo(true);
        assertThat(connector.fields().secretNames()).containsExactly("api_token");
        assertThat(connector.check().method()).isEqualTo("GET");
        assertThat(connector.check().url()).hasToString("{+host}/api/user");
        assertThat(connector.check().timeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(connector.check().account().uniqueId()).hasToString("/id");
        assertThat(connector.check().account().title()).hasToString("/login");
        assertThat(connector.check().outcomes()).isEqualTo(OutcomeRule.DEFAULTS);
        assertThat(connector.probe()).isEqualTo(Duration.ofMinutes(5));
        assertThat(connector.options().field("poll_seconds").orElseThrow().defaultValue())
                .isEqualTo(60L);
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheFormat() throws Exception {
        Connector connector = ConnectorReader.read("sample", SHORTEST);

        assertThat(connector.version()).isEqualTo(1);
        assertThat(connector.type()).isEqualTo(IntegrationType.HUB);
        assertThat(connector.singleInstance()).isFalse();
        assertThat(connector.form(Connector.USER).fields())
                .extracting(Field::name)
                .containsExactly("host", "token");
        assertThat(connector.form(Connector.REAUTH_CONFIRM).fields())
                .extracting(Field::name)
                .containsExactly("token");
        assertThat(connector.form(Connector.RECONFIGURE).fields())
                .extracting(Field::name)
                .containsExactly("host", "token");
        assertThat(connector.check().method()).isEqualTo("GET");
        assertThat(connector.check().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(connector.probe()).isEqualTo(Duration.ofMinutes(5));
        assertThat(connector.options().fields()).isEmpty();
        assertThat(OutcomeRule.outcome(connector.check().outcomes(), 401)).contains(Outcome.INVALID_AUTH);
    }

    /** Each row replaces a line of the shortest file; what it becomes may have several lines, separated by |. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "name: Sample ~ nam: Sample ~ 1 ~ needs \"name\"",
                "name: Sample ~ name: Sample|colour: blue ~ 3 ~ unknown key \"colour\"",
                "name: Sample ~ name: [a] ~ 2 ~ must be a text",
                "name: Sample ~ name: ' ' ~ 2 ~ must be a text",
                "name: Sample ~ name: \"a\\nb\" ~ 2 ~ control character",
                "name: Sample ~ name: Sample|name: Again ~ 3 ~ there twice",
                "domain: sample ~ domain: Sample ~ 1 ~ lower-case",
                "domain: sample ~ domain: s ~ 1 ~ 2 to 50",
                "domain: sample ~ domain: other ~ 1 ~ must be called other.yaml",
                "name: Sample ~ name: Sample|version: 0 ~ 3 ~ whole number",
                "name: Sample ~ name: Sample|version: 1.5 ~ 3 ~ whole number",
                "name: Sample ~ name: Sample|documentation: javascript:alert(1) ~ 3 ~ web address",
                "name: Sample ~ name: Sample|integration_type: virtual ~ 3 ~ hub, device or service",
                "name: Sample ~ name: Sample|single_instance: maybe ~ 3 ~ true or false",
                "name: Sample ~ name: Sample|single_instance: yes ~ 3 ~ true or false",
                "name: Sample ~ name: Sample|probe: soon ~ 3 ~ 10s, 5m",
                "name: Sample ~ name: Sample|probe: 2d ~ 3 ~ at most 24h",
                "name: Sample ~ name: Sample|probe: 5ms ~ 3 ~ at least 1s",
                "`  - name: token` ~ `  - name: host` ~ 7 ~ two fields are called \"host\"",
                "`  - name: token` ~ `  - name: to-ken` ~ 7 ~ letters, digits and underscores",
                "`    selector: { text: { type: url } }` ~ `    selector: { textt: {} }` ~ 5 ~ unknown selector \"textt\"",
                "`    selector: { text: { type: url } }` ~ `    selector: { text: { typ: url } }` ~ 5 ~ unknown key \"typ\"",
                "`    selector: { text: { type: url } }` ~ `    selector: { text: { type: uri } }` ~ 5 ~ does not take",
                "`    selector: { text: { type: url } }` ~ `    selector: { text: {}, number: {} }` ~ 5 ~ is one of",
                "`    selector: { text: { type: url } }` ~ `    selector: text` ~ 5 ~ must be a mapping",
                "`    selector: { text: { type: url } }` ~ `    selector: { number: { min: 5, max: 1 } }` ~ 5 ~ min must not be greater",
                "`    selector: { text: { type: url } }` ~ `    selector: { number: { min: NaN } }` ~ 5 ~ does not take",
                "`    selector: { text: { type: url } }` ~ `    selector: { text: { multiline: \"true\" } }` ~ 5 ~ does not take",
                "`    selector: { text: { type: url } }` ~ `    selector: { select: { options: [1] } }` ~ 5 ~ does not take",
                "`    selector: { text: { type: url } }` ~ `    selector: { select: { options: [] } }` ~ 5 ~ does not take",
                "`    selector: { text: { type: url } }` ~ `    selector: { duration: {} }` ~ 13 ~ no single text",
                "`    selector: { text: { type: url } }` ~ `    selector: { text: { multiple: true } }` ~ 13 ~ no single text",
                "`    secret: true` ~ `    label: x` ~ 8 ~ needs secret: true",
                "`    secret: true` ~ `    secret: true|    default: hunter2` ~ 11 ~ a secret has no default",
                "`    secret: true` ~ `    secret: true|    hidden: true` ~ 11 ~ unknown key \"hidden\"",
                "`    selector: { text: { type: url } }` ~ `    selector: { number: { min: 1, max: 5 } }|    default: 7` ~ 6 ~ not a value of \"host\"",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+hast}/me\"` ~ 13 ~ no field \"hast\"",
                "`    url: \"{+host}/me\"` ~ `    url: \"/me\"` ~ 13 ~ begins with http://",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}.example.com/me\"` ~ 13 ~ a path that begins with /",
                "`    url: \"{+host}/me\"` ~ `    url: \"https://{+host}/me\"` ~ 13 ~ could change the host",
                "`    url: \"{+host}/me\"` ~ `    url: \"https://api.example.com{+host}\"` ~ 13 ~ could change the host",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}/{me\"` ~ 13 ~ brace",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}/{?a,b}\"` ~ 13 ~ brace",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}/me\"|    body: x` ~ 14 ~ unknown key \"body\"",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}/me\"|    method: DELETE` ~ 14 ~ GET or POST",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}/me\"|    timeout: 31s` ~ 14 ~ at most 30s",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}/me\"|    timeout: 0` ~ 14 ~ longer than nothing",
                "`    url: \"{+host}/me\"` ~ `    url: \"{+host}/me\"|    basic_auth: { username: a, password: b }` ~ 14 ~ exclude each other",
                "`    headers: { Authorization: \"Bearer {token}\" }` ~ `    headers: { Host: evil }` ~ 14 ~ no header that a file may set",
                "`    headers: { Authorization: \"Bearer {token}\" }` ~ `    headers: { \"X Y\": a }` ~ 14 ~ no header",
                "`    headers: { Authorization: \"Bearer {token}\" }` ~ `    headers: { X-A: a, x-a: b }` ~ 14 ~ twice",
                "`    headers: { Authorization: \"Bearer {token}\" }` ~ `    headers: { X-A: ä }` ~ 14 ~ ASCII",
                "`    headers: { Authorization: \"Bearer {token}\" }` ~ `    headers: { X-A: \"{tokens}\" }` ~ 14 ~ no field \"tokens\"",
                "`    unique_id: /id` ~ `    unique_id: id` ~ 16 ~ JSON pointer",
                "`    unique_id: /id` ~ `    unique_id: /i~2d` ~ 16 ~ JSON pointer",
                "`    unique_id: /id` ~ `    title: /id` ~ 16 ~ needs \"unique_id\"",
                "`    unique_id: /id` ~ `    unique_id: /id|    per: token` ~ 17 ~ no secret",
                "`    unique_id: /id` ~ `    unique_id: /id|  outcomes: [{ status: 600, is: ok }]` ~ 17 ~ status",
                "`    unique_id: /id` ~ `    unique_id: /id|  outcomes: [{ status: 200, is: great }]` ~ 17 ~ ok, invalid_auth or cannot_connect",
                "`    unique_id: /id` ~ `    unique_id: /id|  outcomes: [{ status: 200, is: ok, then: x }]` ~ 17 ~ unknown key \"then\"",
                "`    unique_id: /id` ~ `    unique_id: /id|steps: { user: [host] }` ~ 17 ~ must ask for \"token\"",
                "`    unique_id: /id` ~ `    unique_id: /id|steps: { reauth_confirm: [passwort] }` ~ 17 ~ no field \"passwort\"",
                "`    unique_id: /id` ~ `    unique_id: /id|steps: { reauth_confirm: [token, token] }` ~ 17 ~ twice",
                "`    unique_id: /id` ~ `    unique_id: /id|steps: { zeroconf: [token] }` ~ 17 ~ unknown key \"zeroconf\"",
                "`    unique_id: /id` ~ `    unique_id: /id|options: [{ name: verify_tls, selector: { text: {} } }]` ~ 17 ~ verify_tls",
                "`    unique_id: /id` ~ `    unique_id: /id|other: !!java.net.URL x` ~ 17 ~ tags",
                "`    unique_id: /id` ~ `    unique_id: &a /id` ~ 16 ~ anchors",
                "`    unique_id: /id` ~ `    unique_id: *a` ~ 16 ~ anchors",
                "`    unique_id: /id` ~ `    <<: {a: b}|    unique_id: /id` ~ 16 ~ unknown key \"<<\"",
                "`    unique_id: /id` ~ `    ? [a]|    : b` ~ 16 ~ a key is a word",
                "`    unique_id: /id` ~ `    unique_id: /id|---|domain: sample` ~ 17 ~ one document",
                "`    unique_id: /id` ~ `   unique_id: {` ~ 17 ~ not YAML",
            })
    void anErrorNamesItsLineAndItsCause(String from, String to, int line, String cause) {
        assertThat(SHORTEST).contains(from + "\n");
        String broken = SHORTEST.replace(from + "\n", to.replace('|', '\n') + "\n");

        DefinitionException problem =
                catchThrowableOfType(DefinitionException.class, () -> ConnectorReader.read("sample", broken));

        assertThat(problem).as(broken).isNotNull().hasMessageContaining(cause);
        assertThat(problem.line()).as(problem.getMessage()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing\n", "just text", "- a\n- b\n", "\u0000", "a: \u0007b", "{", "%YAML 9.9\n---\na: b"
            })
    void whatIsNoConnectorAtAllIsRefused(String text) {
        assertThat(catchThrowableOfType(DefinitionException.class, () -> ConnectorReader.read("sample", text)))
                .isNotNull();
    }

    @Test
    @Timeout(10)
    void bombsAreRefusedFast() {
        String aliases = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";
        String deep = "a: " + "[".repeat(10_000) + "]".repeat(10_000);
        String wide = "a: [" + "x,".repeat(30_000) + "x]";
        String longest = "a: " + "x".repeat(70_000);

        for (String bomb : new String[] {aliases, deep, wide, longest}) {
            assertThat(catchThrowableOfType(DefinitionException.class, () -> ConnectorReader.read("sample", bomb)))
                    .isNotNull();
        }
    }

    @Test
    void wordsThatOlderYamlTookForTruthValuesAreTexts() throws Exception {
        String region = "  - name: region\n"
                + "    selector: { select: { options: [no, de, \"1:30\"] } }\n"
                + "    default: no\n";
        String yaml = SHORTEST.replace("name: Sample", "name: on")
                .replaceFirst("    required: true\n", "    default: \"true\"\n" + region);

        Connector connector = ConnectorReader.read("sample", yaml);

        assertThat(connector.name()).isEqualTo("on");
        assertThat(connector.field("host").defaultValue()).isEqualTo("true");
        assertThat(connector.field("region").defaultValue()).isEqualTo("no");
    }

    @Test
    void aMessageQuotesNothingThatCouldForgeALineOfALog() {
        String yaml = SHORTEST.replace("name: Sample", "\"x\\r\\n\\e[31mERROR " + "y".repeat(200) + "\": 1");

        DefinitionException problem =
                catchThrowableOfType(DefinitionException.class, () -> ConnectorReader.read("sample", yaml));

        assertThat(problem.getMessage()).doesNotContain("\n", "\r", "\u001b").hasSizeLessThan(300);
    }

    @Test
    void aSecretIsNeverRepeatedInAMessage() {
        String yaml = SHORTEST.replace("    secret: true\n", "    secret: true\n    default: canary-7\n");

        assertThat(catchThrowableOfType(DefinitionException.class, () -> ConnectorReader.read("sample", yaml)))
                .hasMessageNotContaining("canary");
    }

    @Test
    void everyConnectorThatIsShippedIsListedAndReadable() {
        Map<String, Connector> shipped = Described.shipped();

        assertThat(new java.io.File("src/main/resources/connectors").list())
                .containsExactlyInAnyOrderElementsOf(shipped.keySet().stream()
                        .map(domain -> domain + ".yaml")
                        .toList());
        assertThat(shipped.values()).allSatisfy(connector -> {
            assertThat(connector.documentation()).startsWith("https://");
            assertThat(connector.form(Connector.REAUTH_CONFIRM).secretNames()).isNotEmpty();
        });
    }
}
