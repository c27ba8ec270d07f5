package dev.latchkey.flow.example;

import static dev.latchkey.flow.connector.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.connector.FlowWalk;
import dev.latchkey.flow.connector.ScriptedServer;
import dev.latchkey.flow.connector.check.Outbounds;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of the example, recovery from every error included. */
@Timeout(60)
class MyConfigFlowIT {

    private static Outbounds outbounds;

    private final MyIntegration integration = new MyIntegration(outbounds.http(), () -> true);
    private final FlowWalk walk = new FlowWalk(integration);
    private ScriptedServer service;

    @BeforeAll
    static void open() {
        outbounds = new Outbounds(Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        outbounds.close();
    }

    @BeforeEach
    void startService() throws IOException {
        service = new ScriptedServer(tokens("ada-token=7", "bob-token=8"));
    }

    @AfterEach
    void stopService() throws IOException {
        service.close();
    }

    @Test
    void theFormAsksForHostAndToken() {
        FlowResult.ShowForm form = (FlowResult.ShowForm) walk.user();

        assertThat(form.stepId()).isEqualTo("user");
        assertThat(form.form().fields()).extracting(Field::name).containsExactly("host", "api_token");
        assertThat(form.form().secretNames()).containsExactly("api_token");
    }

    @Test
    void everyErrorOfTheUserStepIsShownAndRecoveredFrom() {
        walk.user();
        expectErrors("host");
        assertThat(walk.submit(Map.of("host", service.url(), "api_token", "ada-token")))
                .isInstanceOf(FlowResult.CreateEntry.class);

        assertThat(walk.entry().title()).isEqualTo("MyIntegration");
        assertThat(walk.entry().uniqueId()).isEqualTo("7");
        assertThat(walk.entry().data()).isEqualTo(Map.of("host", service.url(), "api_token", Secret.of("ada-token")));
    }

    @Test
    void theSameAccountIsNotAddedTwice() {
        add();
        walk.user();

        assertThat(walk.submit(Map.of("host", service.url(), "api_token", "ada-token")))
                .isEqualTo(new FlowResult.Abort("already_configured", null));
        assertThat(walk.all()).hasSize(1);
    }

    @Test
    void reauthenticationRecoversFromErrorsKeepsTheHostAndMakesNoOtherEntry() {
        add();
        FlowResult.ShowForm form = (FlowResult.ShowForm) walk.reauth();
        assertThat(form.stepId()).isEqualTo("reauth_confirm");
        assertThat(form.placeholders()).isEqualTo(Map.of("name", "MyIntegration"));
        assertThat(form.form().fields()).extracting(Field::name).containsExactly("api_token");

        assertThat(errors(walk.submit(Map.of("api_token", "wrong")))).isEqualTo(Map.of("base", "invalid_auth"));
        service.now((request, out) -> answer(out, 500, ""));
        assertThat(errors(walk.submit(Map.of("api_token", "new-token")))).isEqualTo(Map.of("base", "cannot_connect"));
        assertThat(walk.entry().secret("api_token")).isEqualTo(Secret.of("ada-token"));
        service.now(tokens("new-token=7"));
        assertThat(reason(walk.submit(Map.of("api_token", "new-token")))).isEqualTo("reauth_successful");

        assertThat(walk.entry().data()).isEqualTo(Map.of("host", service.url(), "api_token", Secret.of("new-token")));
    }

    @Test
    void reauthenticationWithAnotherAccountChangesNothing() {
        add();
        walk.reauth();

        assertThat(walk.submit(Map.of("api_token", "bob-token")))
                .isEqualTo(new FlowResult.Abort("wrong_account", null));
        assertThat(walk.entry().secret("api_token")).isEqualTo(Secret.of("ada-token"));
    }

    @Test
    void reconfigurationRecoversFromErrorsAndKeepsATokenThatIsLeftOut() throws IOException {
        add();
        try (ScriptedServer elsewhere = new ScriptedServer(tokens("ada-token=7", "new-token=7", "bob-token=8"))) {
            FlowResult.ShowForm form = (FlowResult.ShowForm) walk.reconfigure();
            assertThat(form.form().field("host").orElseThrow().suggestedValue()).isEqualTo(service.url());
            assertThat(form.form().field("api_token").orElseThrow().required()).isFalse();

            expectErrors("host");
            assertThat(reason(walk.submit(Map.of("host", elsewhere.url())))).isEqualTo("reconfigure_successful");
            assertThat(walk.entry().data())
                    .isEqualTo(Map.of("host", elsewhere.url(), "api_token", Secret.of("ada-token")));
            walk.reconfigure();
            assertThat(reason(walk.submit(Map.of("host", elsewhere.url(), "api_token", "new-token"))))
                    .isEqualTo("reconfigure_successful");
            assertThat(walk.entry().secret("api_token")).isEqualTo(Secret.of("new-token"));
        }
    }

    @Test
    void reconfigurationWithAnotherAccountChangesNothing() {
        add();
        walk.reconfigure();

        assertThat(walk.submit(Map.of("host", service.url(), "api_token", "bob-token")))
                .isEqualTo(new FlowResult.Abort("wrong_account", null));
        assertThat(walk.entry().secret("api_token")).isEqualTo(Secret.of("ada-token"));
    }

    @Test
    void anAddressThatDiesOfThePolicyIsSaidOfTheFormThatDoesNotAskForIt() {
        add();
        walk.all()
                .replaceAll(entry -> new dev.latchkey.flow.configflow.EntryData(
                        entry.entryId(),
                        entry.domain(),
                        entry.title(),
                        entry.uniqueId(),
                        Map.of("host", "http://169.254.169.254", "api_token", Secret.of("ada-token")),
                        Map.of(),
                        1,
                        1));
        walk.reauth();

        assertThat(errors(walk.submit(Map.of("api_token", "x")))).isEqualTo(Map.of("base", "address_not_allowed"));
        assertThat(integration.setUp(walk.entry())).isInstanceOf(SetUpOutcome.ConfigurationError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{}", "[]", "{\"id\":null}", "{\"id\":{}}"})
    void anAnswerWithoutAnAccountIsNoConnection(String body) {
        walk.user();
        service.now((request, out) -> answer(out, 200, body));

        assertThat(errors(walk.submit(Map.of("host", service.url(), "api_token", "ada-token"))))
                .isEqualTo(Map.of("base", "cannot_connect"));
    }

    @Test
    void anAnswerThatIsLongerThanIsReadIsNoConnection() {
        walk.user();
        service.now((request, out) -> answer(out, 200, "{\"id\":7,\"x\":\"" + "x".repeat(70_000) + "\"}"));

        assertThat(errors(walk.submit(Map.of("host", service.url(), "api_token", "ada-token"))))
                .isEqualTo(Map.of("base", "cannot_connect"));
    }

    @Test
    void setUpTellsARefusalFromAnOutage() throws IOException {
        add();
        assertThat(integration.setUp(walk.entry())).isEqualTo(new SetUpOutcome.Loaded());
        service.now(tokens());
        assertThat(integration.setUp(walk.entry())).isInstanceOf(SetUpOutcome.AuthenticationFailed.class);
        service.now((request, out) -> answer(out, 503, ""));
        assertThat(integration.setUp(walk.entry())).isInstanceOf(SetUpOutcome.NotReady.class);
        service.hangUp();
        assertThat(integration.setUp(walk.entry())).isInstanceOf(SetUpOutcome.NotReady.class);
    }

    @Test
    void anEntrySaysWhichHostItTalksTo() {
        add();

        assertThat(integration.host(walk.entry()))
                .isEqualTo(java.net.URI.create(service.url()).getHost());
    }

    @Test
    void theExampleTakesPartOnlyWhereItIsWanted() {
        assertThat(integration.integrations()).containsExactly(integration);
        assertThat(new MyIntegration(outbounds.http(), () -> false).integrations())
                .isEmpty();
        assertThat(integration.domain()).isEqualTo("my_integration");
        assertThat(integration.name()).isEqualTo("MyIntegration");
        assertThat(integration.type()).isEqualTo(IntegrationType.SERVICE);
        assertThat(integration.secretFields()).containsExactly("api_token");
        assertThat(integration.supportsReconfigure()).isTrue();
        assertThat(integration.probeInterval()).isEqualTo(Duration.ofMinutes(5));
    }

    /** Submits everything that can be wrong to the form that is shown. */
    private void expectErrors(String addressField) {
        assertThat(errors(walk.submit(Map.of("host", service.url(), "api_token", "wrong"))))
                .isEqualTo(Map.of("base", "invalid_auth"));
        assertThat(errors(walk.submit(Map.of("host", service.url(), "api_token", "a\r\nX-Admin: 1"))))
                .isEqualTo(Map.of("base", "invalid_auth"));
        assertThat(errors(walk.submit(Map.of("host", "http://169.254.169.254", "api_token", "ada-token"))))
                .isEqualTo(Map.of(addressField, "address_not_allowed"));
        service.now((request, out) -> answer(out, 502, ""));
        FlowResult again = walk.submit(Map.of("host", service.url(), "api_token", "ada-token"));
        assertThat(errors(again)).isEqualTo(Map.of("base", "cannot_connect"));
        assertThat(((FlowResult.ShowForm) again)
                        .form()
                        .field("host")
                        .orElseThrow()
                        .suggestedValue())
                .isEqualTo(service.url());
        assertThat(again.toString()).doesNotContain("ada-token");
        service.now(tokens("ada-token=7", "bob-token=8"));
    }

    private void add() {
        walk.user();
        assertThat(walk.submit(Map.of("host", service.url(), "api_token", "ada-token")))
                .isInstanceOf(FlowResult.CreateEntry.class);
    }

    private static ScriptedServer.Script tokens(String... tokenAndUser) {
        return (request, out) -> {
            for (String pair : tokenAndUser) {
                String[] parts = pair.split("=");
                if (request.line().equals("GET /api/user HTTP/1.1")
                        && ("Bearer " + parts[0]).equals(request.header("Authorization"))) {
                    answer(out, 200, "{\"id\":" + parts[1] + "}");
                    return;
                }
            }
            answer(out, 401, "{}");
        };
    }

    private static Map<String, String> errors(FlowResult result) {
        return ((FlowResult.ShowForm) result).errors();
    }

    private static String reason(FlowResult result) {
        return ((FlowResult.UpdateAndAbort) result).reason();
    }
}
