package dev.latchkey.flow.connector;

import static dev.latchkey.flow.connector.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.connector.check.Outbounds;
import dev.latchkey.flow.connector.file.Described;
import dev.latchkey.flow.form.DataJson;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every connector gets without its author doing anything. */
@Timeout(30)
class ConnectorFlowIT {

    private static Outbounds outbounds;

    private final ConnectorIntegration integration = new ConnectorIntegration(Described.by("""
            domain: sample
            name: Sample
            version: 3
            fields:
              - { name: host, selector: { text: { type: url } }, required: true }
              - { name: token, selector: { text: { type: password } }, required: true, secret: true }
              - { name: verify_tls, selector: { boolean: {} }, default: true }
              - { name: note, selector: { text: {} } }
            check:
              request:
                url: "{+host}/me"
                headers: { Authorization: "Bearer {token}" }
                timeout: 1s
              account: { unique_id: /id, title: /name }
            probe: 90s
            options:
              - { name: poll_seconds, selector: { number: { min: 5, max: 3600 } }, default: 60 }
              - { name: web_hook, selector: { text: { type: password } }, secret: true }
            """), outbounds.check());
    private final FlowWalk walk = new FlowWalk(integration);
    private ScriptedServer device;

    @BeforeAll
    static void open() {
        outbounds = new Outbounds(Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        outbounds.close();
    }

    @BeforeEach
    void startDevice() throws IOException {
        device = new ScriptedServer(accounts("one=Ada", "two=Bob"));
    }

    @AfterEach
    void stopDevice() throws IOException {
        device.close();
    }

    /** A device on which each token is that of an account. */
    private static ScriptedServer.Script accounts(String... tokenAndName) {
        return (request, out) -> {
            for (String pair : tokenAndName) {
                String[] parts = pair.split("=");
                if (("Bearer " + parts[0]).equals(request.header("Authorization"))) {
                    answer(out, 200, "{\"id\":\"" + parts[1].toLowerCase() + "\",\"name\":\"" + parts[1] + "\"}");
                    return;
                }
            }
            answer(out, 401, "{}");
        };
    }

    @Test
    void aPersonAddsAnEntryAfterATestAndCanRecoverFromEveryError() {
        FlowResult.ShowForm form = (FlowResult.ShowForm) walk.user();
        assertThat(form.stepId()).isEqualTo("user");
        assertThat(form.form().fields()).extracting(Field::name).containsExactly("host", "token", "verify_tls", "note");
        assertThat(form.errors()).isNull();

        assertThat(errors(walk.submit(Map.of("host", device.url(), "token", "zero"))))
                .isEqualTo(Map.of("base", "invalid_auth"));
        assertThat(errors(walk.submit(Map.of("host", "http://127.0.0.1:1", "token", "one"))))
                .isEqualTo(Map.of("host", "address_not_allowed"));
        assertThat(errors(walk.submit(Map.of("host", "http://169.254.169.254", "token", "one"))))
                .isEqualTo(Map.of("host", "address_not_allowed"));
        assertThat(errors(walk.submit(Map.of("host", "nowhere", "token", "one"))))
                .isEqualTo(Map.of("host", "invalid_host"));
        assertThat(errors(walk.submit(Map.of("host", device.url(), "token", "one\nX: y"))))
                .isEqualTo(Map.of("token", "invalid_value"));
        device.now((request, out) -> answer(out, 503, ""));
        assertThat(errors(walk.submit(Map.of("host", device.url(), "token", "one"))))
                .isEqualTo(Map.of("base", "cannot_connect"));
        device.now((request, out) -> answer(out, 200, "{}"));
        assertThat(errors(walk.submit(Map.of("host", device.url(), "token", "one"))))
                .isEqualTo(Map.of("base", "invalid_response"));
        device.now((request, out) -> answer(out, 418, "{}"));
        assertThat(errors(walk.submit(Map.of("host", device.url(), "token", "one"))))
                .isEqualTo(Map.of("base", "unknown"));
        device.now(accounts("one=Ada"));
        assertThat(walk.submit(Map.of("host", device.url(), "token", "one")))
                .isInstanceOf(FlowResult.CreateEntry.class);

        EntryData entry = walk.entry();
        assertThat(entry.title()).isEqualTo("Ada");
        assertThat(entry.uniqueId()).isEqualTo("ada");
        assertThat(entry.version()).isEqualTo(3);
        assertThat(entry.data()).isEqualTo(Map.of("host", device.url(), "token", Secret.of("one"), "verify_tls", true));
        assertThat(entry.options()).isEqualTo(Map.of("poll_seconds", 60L));
    }

    @Test
    void aFormWithAnErrorShowsWhatWasEnteredButNeverASecret() {
        walk.user();
        FlowResult.ShowForm again =
                (FlowResult.ShowForm) walk.submit(Map.of("host", device.url(), "token", "canary-5", "note", "attic"));

        assertThat(again.form().field("host").orElseThrow().suggestedValue()).isEqualTo(device.url());
        assertThat(again.form().field("note").orElseThrow().suggestedValue()).isEqualTo("attic");
        assertThat(again.toString()).doesNotContain("canary");
        assertThat(DataJson.write(again)).doesNotContain("canary");
    }

    @Test
    void theSameAccountIsNotAddedTwiceButAnotherOneIs() {
        add("one");
        walk.user();
        assertThat(walk.submit(Map.of("host", device.url(), "token", "one")))
                .isEqualTo(new FlowResult.Abort("already_configured", null));
        walk.user();
        assertThat(walk.submit(Map.of("host", device.url(), "token", "two")))
                .isInstanceOf(FlowResult.CreateEntry.class);
        assertThat(walk.all()).hasSize(2);
    }

    @Test
    void reauthenticationAsksForTheSecretsOnlyTestsThemAndKeepsTheAccount() {
        add("one");
        device.now(accounts("new=Ada", "two=Bob"));
        assertThat(integration.setUp(walk.entry()))
                .isEqualTo(new SetUpOutcome.AuthenticationFailed("The credentials were refused with status 401"));

        FlowResult.ShowForm form = (FlowResult.ShowForm) walk.reauth();
        assertThat(form.stepId()).isEqualTo("reauth_confirm");
        assertThat(form.placeholders()).containsEntry("name", "Ada");
        assertThat(form.form().fields()).extracting(Field::name).containsExactly("token");
        assertThat(errors(walk.submit(Map.of("token", "one")))).isEqualTo(Map.of("base", "invalid_auth"));
        assertThat(walk.entry().secret("token")).isEqualTo(Secret.of("one"));
        FlowResult other = walk.submit(Map.of("token", "two"));
        assertThat(other).isEqualTo(new FlowResult.Abort("wrong_account", null));
        assertThat(walk.entry().secret("token")).isEqualTo(Secret.of("one"));

        walk.reauth();
        assertThat(reason(walk.submit(Map.of("token", "new")))).isEqualTo("reauth_successful");
        assertThat(walk.entry().data())
                .isEqualTo(Map.of("host", device.url(), "token", Secret.of("new"), "verify_tls", true));
        assertThat(integration.setUp(walk.entry())).isEqualTo(new SetUpOutcome.Loaded());
    }

    @Test
    void anErrorOfAFieldThatTheFormDoesNotAskForIsSaidOfTheWhole() throws IOException {
        add("one");
        EntryData moved = walk.entry();
        walk.all()
                .set(
                        0,
                        new EntryData(
                                moved.entryId(),
                                moved.domain(),
                                moved.title(),
                                moved.uniqueId(),
                                Map.of("host", "http://169.254.169.254", "token", Secret.of("one")),
                                Map.of(),
                                3,
                                1));
        walk.reauth();

        assertThat(errors(walk.submit(Map.of("token", "one")))).isEqualTo(Map.of("base", "address_not_allowed"));
    }

    @Test
    void reconfigurationKeepsWhatIsLeftOutAndMovesTheDevice() throws IOException {
        add("one");
        try (ScriptedServer elsewhere = new ScriptedServer(accounts("one=Ada", "two=Bob"))) {
            FlowResult.ShowForm form = (FlowResult.ShowForm) walk.reconfigure();
            assertThat(form.stepId()).isEqualTo("reconfigure");
            assertThat(form.form().field("host").orElseThrow().suggestedValue()).isEqualTo(device.url());
            assertThat(form.form().field("verify_tls").orElseThrow().suggestedValue())
                    .isEqualTo(true);
            assertThat(form.form().field("token").orElseThrow())
                    .matches(field ->
                            !field.required() && field.suggestedValue() == null && field.defaultValue() == null);

            assertThat(errors(walk.submit(Map.of("host", "http://127.0.0.1:" + 1023))))
                    .isEqualTo(Map.of("host", "address_not_allowed"));
            assertThat(errors(walk.submit(Map.of("host", elsewhere.url(), "token", "zero"))))
                    .isEqualTo(Map.of("base", "invalid_auth"));
            assertThat(walk.entry().text("host")).isEqualTo(device.url());
            assertThat(reason(walk.submit(Map.of("host", elsewhere.url(), "verify_tls", false))))
                    .isEqualTo("reconfigure_successful");
            assertThat(walk.entry().data())
                    .isEqualTo(Map.of("host", elsewhere.url(), "token", Secret.of("one"), "verify_tls", false));

            walk.reconfigure();
            assertThat(reason(walk.submit(Map.of("host", elsewhere.url(), "note", "attic"))))
                    .isEqualTo("reconfigure_successful");
            assertThat(walk.entry().data()).containsEntry("verify_tls", false).containsEntry("note", "attic");

            walk.reconfigure();
            assertThat(walk.submit(Map.of("host", elsewhere.url(), "token", "two")))
                    .isEqualTo(new FlowResult.Abort("wrong_account", null));
            assertThat(walk.entry().secret("token")).isEqualTo(Secret.of("one"));
        }
    }

    @Test
    void aServerMovesWithItsAccountUnlessThatIsThereAlready() throws IOException {
        ConnectorIntegration perHost = new ConnectorIntegration(Described.by("""
                domain: sample
                name: Sample
                fields: [{ name: host, selector: { text: { type: url } }, required: true }]
                check:
                  request: { url: "{+host}/me" }
                  account: { unique_id: /id, per: host }
                """), outbounds.check());
        FlowWalk servers = new FlowWalk(perHost);
        device.now((request, out) -> answer(out, 200, "{\"id\":1}"));
        try (ScriptedServer second = ScriptedServer.answering(200, "{\"id\":1}");
                ScriptedServer third = ScriptedServer.answering(200, "{\"id\":1}")) {
            servers.user();
            servers.submit(Map.of("host", device.url()));
            servers.reconfigure();
            assertThat(reason(servers.submit(Map.of("host", second.url())))).isEqualTo("reconfigure_successful");
            assertThat(servers.entry().uniqueId()).endsWith(second.url().substring(7));
            servers.reconfigure();
            FlowWalk both = servers;
            both.all()
                    .add(new EntryData(
                            "other",
                            "sample",
                            "",
                            "1@" + third.url().substring(7),
                            Map.of("host", third.url()),
                            Map.of(),
                            1,
                            1));
            assertThat(both.submit(Map.of("host", third.url())))
                    .isEqualTo(new FlowResult.Abort("already_configured", null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, NotReady",
        "401, AuthenticationFailed",
        "403, AuthenticationFailed",
        "404, NotReady",
        "429, NotReady",
        "500, NotReady",
        "418, NotReady"
    })
    void setUpOutcomesAreThoseOfTheTable(int status, String expected) {
        add("one");
        device.now((request, out) -> answer(out, status, "no json"));

        assertThat(integration.setUp(walk.entry()).getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void aRetryAfterReachesWhoPlansTheRetry() {
        add("one");
        device.now((request, out) -> answer(out, 503, "", "Retry-After: 45"));

        assertThat(integration.setUp(walk.entry()))
                .isEqualTo(new SetUpOutcome.NotReady("The answer has the status 503", Duration.ofSeconds(45)));
    }

    @Test
    void anAddressThatIsNotAllowedOrAnotherAccountIsAnErrorThatDoesNotGoAwayByItself() {
        add("one");
        EntryData entry = walk.entry();
        EntryData forbidden = new EntryData(
                "e",
                "sample",
                "",
                "ada",
                Map.of("host", "http://169.254.169.254", "token", Secret.of("x")),
                Map.of(),
                3,
                1);

        assertThat(integration.setUp(forbidden)).isInstanceOf(SetUpOutcome.ConfigurationError.class);
        device.now(accounts("one=Bob"));
        assertThat(integration.setUp(entry)).isInstanceOf(SetUpOutcome.ConfigurationError.class);
    }

    @Test
    void optionsAreAskedForWithTheirPresentValuesAndSecretsMayBeLeftOut() {
        add("one");
        FlowResult.ShowForm form = (FlowResult.ShowForm) walk.options();
        assertThat(form.form().fields()).extracting(Field::name).containsExactly("poll_seconds", "web_hook");
        assertThat(form.form().field("poll_seconds").orElseThrow().suggestedValue())
                .isEqualTo(60L);

        walk.submit(Map.of("poll_seconds", 30, "web_hook", "canary"));
        assertThat(walk.entry().options()).containsEntry("web_hook", Secret.of("canary"));
        FlowResult.ShowForm again = (FlowResult.ShowForm) walk.options();
        assertThat(again.toString()).doesNotContain("canary");
        walk.submit(Map.of("poll_seconds", 20));
        assertThat(walk.entry().options())
                .containsEntry("web_hook", Secret.of("canary"))
                .hasEntrySatisfying(
                        "poll_seconds",
                        value -> assertThat(((Number) value).intValue()).isEqualTo(20));
    }

    @Test
    void theEngineLearnsWhatTheFileSays() {
        add("one");
        assertThat(integration.domain()).isEqualTo("sample");
        assertThat(integration.name()).isEqualTo("Sample");
        assertThat(integration.version()).isEqualTo(3);
        assertThat(integration.singleInstance()).isFalse();
        assertThat(integration.secretFields()).containsExactlyInAnyOrder("token", "web_hook");
        assertThat(integration.probeInterval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(integration.supportsReconfigure()).isTrue();
        assertThat(integration.supportsMigration()).isFalse();
        assertThat(integration.newOptionsFlow()).isPresent();
        assertThat(integration.host(walk.entry())).isEqualTo("127.0.0.1");
        assertThat(new ConnectorIntegration(Described.shipped().get("github"), outbounds.check()).newOptionsFlow())
                .isEqualTo(Optional.empty());
    }

    private void add(String token) {
        walk.user();
        assertThat(walk.submit(Map.of("host", device.url(), "token", token)))
                .isInstanceOf(FlowResult.CreateEntry.class);
    }

    private static Map<String, String> errors(FlowResult result) {
        return ((FlowResult.ShowForm) result).errors();
    }

    private static String reason(FlowResult result) {
        return ((FlowResult.UpdateAndAbort) result).reason();
    }
}
