package dev.latchkey.auth.entry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.entry.FakeFlowService.Request;
import dev.latchkey.testing.AdjustableClock;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows W1 to W6 of {@code spec/flows.md} 1.2, and what a client learns when flow-service does not do its part. */
@AuthServiceTest
@TestProfile(WithFlowService.class)
class EntryCommandsIT {

    private static final String ID = "01JD0000000000000000000000";
    private static final String ONE = Entries.LIST + "/" + ID;
    private static final String NOT_FOUND = "{\"code\":\"not_found\",\"message\":\"Config entry not found\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    People people;

    @Inject
    AdjustableClock clock;

    private FakeFlowService flowService;
    private Person admin;
    private Tokens tokens;
    private SocketClient client;

    @BeforeEach
    void begin() {
        flowService = new FakeFlowService();
        admin = people.someone("system-admin");
        tokens = people.signIn(admin);
        client = SocketClient.signedIn(tokens);
    }

    @AfterEach
    void end() {
        client.close();
        flowService.close();
        clock.reset();
    }

    @Test
    void anyUserListsEntriesJustAsFlowServiceHasThem() throws Exception {
        String list = "[" + Entries.entry("a", "loaded") + "," + Entries.entry("b", "setup_retry") + "]";
        flowService.answer(Entries.LIST, 200, list);
        try (SocketClient user = SocketClient.signedIn(people.signIn(people.someone("system-users")))) {
            assertThat(user.result("config_entries/get")).isEqualTo(JSON.readTree(list));
        }
        assertThat(flowService.last().method()).isEqualTo("GET");
        assertThat(flowService.last().target()).isEqualTo(Entries.LIST);
    }

    @Test
    void aListIsFilteredByOneTypeBySeveralAndByDomain() {
        flowService.answer(Entries.LIST, 200, "[]");

        client.result("config_entries/get", "type_filter", "hub");
        assertThat(flowService.last().target()).isEqualTo(Entries.LIST + "?type=hub");

        client.result("config_entries/get", "type_filter", List.of("hub", "de&vice"), "domain", "comp 3");
        assertThat(flowService.last().target()).isEqualTo(Entries.LIST + "?domain=comp+3&type=hub&type=de%26vice");

        client.result("config_entries/get", "type_filter", List.of());
        assertThat(flowService.last().target()).isEqualTo(Entries.LIST);
    }

    @Test
    void aFilterThatNoRequestCouldHoldIsRefused() {
        assertThat(client.errorCode("config_entries/get", "domain", "x".repeat(9_000)))
                .isEqualTo("invalid_format");
        assertThat(flowService.requests()).isEmpty();
    }

    @Test
    void anAdministratorGetsOneEntry() throws Exception {
        String answer = "{\"config_entry\":" + Entries.entry(ID, "loaded") + "}";
        flowService.answer(ONE, 200, answer);

        assertThat(client.result("config_entries/get_single", "entry_id", ID)).isEqualTo(JSON.readTree(answer));
    }

    @Test
    void anUpdateSendsOnlyWhatItChanges() throws Exception {
        String answer = "{\"config_entry\":" + Entries.entry(ID, "loaded") + ",\"require_restart\":true}";
        flowService.answer(ONE + "/update", 200, answer);

        assertThat(client.result("config_entries/update", "entry_id", ID, "title", "New", "pref_disable_polling", true))
                .isEqualTo(JSON.readTree(answer));

        Request request = flowService.last();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(JSON.readTree(request.body()))
                .isEqualTo(JSON.readTree("{\"title\":\"New\",\"pref_disable_polling\":true}"));
    }

    @Test
    void anEntryIsDisabledAndEnabled() throws Exception {
        flowService.answer(ONE + "/disable", 200, "{\"require_restart\":false}");

        assertThat(client.result("config_entries/disable", "entry_id", ID, "disabled_by", "user")
                        .toString())
                .isEqualTo("{\"require_restart\":false}");
        assertThat(flowService.last().body()).isEqualTo("{\"disabled_by\":\"user\"}");
        client.result("config_entries/disable", "entry_id", ID, "disabled_by", null);
        assertThat(flowService.last().body()).isEqualTo("{\"disabled_by\":null}");
    }

    @Test
    void nobodyButAUserDisables() {
        assertThat(client.errorCode("config_entries/disable", "entry_id", ID, "disabled_by", "system"))
                .isEqualTo("invalid_format");
        assertThat(client.errorCode("config_entries/disable", "entry_id", ID)).isEqualTo("invalid_format");
        assertThat(flowService.requests()).isEmpty();
    }

    @Test
    void anIgnoredFlowHasNoResult() {
        flowService.answer(Entries.FLOWS + "/f1/ignore", 204, "");

        assertThat(client.result("config_entries/ignore_flow", "flow_id", "f1", "title", "Not this")
                        .isNull())
                .isTrue();
        assertThat(flowService.last().body()).isEqualTo("{\"title\":\"Not this\"}");
    }

    @Test
    void aFlowWithoutAUniqueIdIsNotIgnored() {
        flowService.answer(
                Entries.FLOWS + "/f1/ignore",
                400,
                "{\"message\":\"Specified flow has no unique ID.\",\"code\":\"no_unique_id\"}");

        assertThat(client.error("config_entries/ignore_flow", "flow_id", "f1", "title", "x")
                        .toString())
                .isEqualTo("{\"code\":\"no_unique_id\",\"message\":\"Specified flow has no unique ID.\"}");
    }

    @Test
    void onlyFlowsThatNobodyStartedByHandAreListed() throws Exception {
        flowService.answer(
                Entries.FLOWS,
                200,
                "[" + Entries.flow("1", "user") + "," + Entries.flow("2", "reauth") + ","
                        + Entries.flow("3", "reconfigure") + "," + Entries.flow("4", "hassio") + "]");

        assertThat(client.result("config_entries/flow/progress"))
                .isEqualTo(JSON.readTree("[" + Entries.flow("2", "reauth") + "," + Entries.flow("4", "hassio") + "]"));
    }

    @ParameterizedTest
    @CsvSource({"config_entries/get_single", "config_entries/update", "config_entries/flow/progress"})
    void whoIsNoAdministratorChangesAndSeesNothingButTheList(String type) {
        try (SocketClient user = SocketClient.signedIn(people.signIn(people.someone("system-users")))) {
            assertThat(user.error(type, "entry_id", ID).toString())
                    .isEqualTo("{\"code\":\"unauthorized\",\"message\":\"Unauthorized\"}");
            for (String other :
                    List.of("config_entries/disable", "config_entries/ignore_flow", "config_entries/flow/subscribe")) {
                assertThat(user.errorCode(other)).isEqualTo("unauthorized");
            }
        }
        assertThat(flowService.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config_entries/get",
                "config_entries/get_single",
                "config_entries/update",
                "config_entries/disable",
                "config_entries/ignore_flow",
                "config_entries/flow/progress",
                "config_entries/flow/subscribe",
                "config_entries/subscribe"
            })
    void extraKeysAreRefused(String type) {
        JsonNode error = client.error(type, "x", 1);

        assertThat(error.get("code").textValue()).isEqualTo("invalid_format");
        assertThat(error.get("message").textValue()).isEqualTo("extra keys not allowed @ data['x']. Got 1");
        assertThat(flowService.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "..", "../../auth", "a/b", "a?b", "a%2fb", "ä", ""})
    void whatIsNotThereIsNotFoundWhateverItIsCalled(String id) {
        assertThat(client.error("config_entries/get_single", "entry_id", id).toString())
                .isEqualTo(NOT_FOUND);
        assertThat(client.error("config_entries/update", "entry_id", id).toString())
                .isEqualTo(NOT_FOUND);
        assertThat(client.error("config_entries/disable", "entry_id", id, "disabled_by", null)
                        .toString())
                .isEqualTo(NOT_FOUND);
        assertThat(client.error("config_entries/ignore_flow", "flow_id", id, "title", "x")
                        .toString())
                .isEqualTo(NOT_FOUND);
        assertThat(flowService.requests()).allMatch(request -> request.target().contains("/unknown"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"message\":\"A title has 1 to 256 characters\"}|invalid_format|A title has 1 to 256 characters",
                "401|{\"message\":\"Unauthorized\"}|unauthorized|Unauthorized",
                "403|{\"message\":\"Forbidden\"}|unauthorized|Unauthorized",
                "409|{\"message\":\"It has an entry\"}|home_assistant_error|It has an entry",
                "409|not json|home_assistant_error|Conflict",
                "500|{\"message\":\"internals\"}|unknown_error|flow-service is away. Try again in a moment.",
                "503|{\"message\":\"busy\"}|unknown_error|flow-service is away. Try again in a moment.",
                "302|{}|unknown_error|flow-service is away. Try again in a moment.",
                "200|not json|unknown_error|flow-service is away. Try again in a moment."
            })
    void whatFlowServiceRefusesIsAnErrorOfTheCommandAndNotOfTheSocket(
            int status, String body, String code, String message) {
        flowService.answer(ONE + "/update", status, body);

        JsonNode error = client.error("config_entries/update", "entry_id", ID, "title", " ");

        assertThat(error.get("code").textValue()).isEqualTo(code);
        assertThat(error.get("message").textValue()).isEqualTo(message);
        client.result("auth/current_user");
    }

    @Test
    void withoutFlowServiceEveryCommandFailsAndTheSocketStays() {
        flowService.close();
        for (String type : List.of(
                "config_entries/get",
                "config_entries/flow/progress",
                "config_entries/flow/subscribe",
                "config_entries/subscribe")) {
            assertThat(client.error(type).toString())
                    .isEqualTo("{\"code\":\"unknown_error\","
                            + "\"message\":\"flow-service is away. Try again in a moment.\"}");
        }
        client.result("auth/current_user");
        flowService = new FakeFlowService();
        flowService.answer(Entries.LIST, 200, "[]");
        client.result("config_entries/get");
    }

    @Test
    void flowServiceIsAskedByATokenOfTheSameGrantThatDiesSoon() throws Exception {
        flowService.answer(Entries.LIST, 200, "[]");

        client.result("config_entries/get");

        JsonNode claims = claims(flowService.last().token());
        JsonNode own = claims(tokens.accessToken());
        assertThat(claims.get("sub")).isEqualTo(own.get("sub"));
        assertThat(claims.get("sid")).isEqualTo(own.get("sid"));
        assertThat(claims.get("groups").toString()).isEqualTo("[\"system-admin\"]");
        assertThat(claims.get("exp").longValue() - claims.get("iat").longValue())
                .isEqualTo(60);
        Calls.api(flowService.last().token()).then().statusCode(200);
        Calls.revoke(tokens.refreshToken());
        Calls.api(flowService.last().token()).then().statusCode(401);
    }

    @Test
    void aSocketGoesOnAskingWhenTheTokenThatOpenedItHasExpired() {
        flowService.answer(Entries.LIST, 200, "[]");
        clock.advance(Duration.ofMinutes(31));

        client.result("config_entries/get");

        Calls.api(tokens.accessToken()).then().statusCode(401);
        Calls.api(flowService.last().token()).then().statusCode(200);
    }

    @Test
    void flowServiceLearnsWhereTheClientIs() {
        flowService.answer(Entries.LIST, 200, "[]");
        try (SocketClient far = SocketClient.signedInFrom("203.0.113.7", tokens.accessToken())) {
            far.result("config_entries/get");
        }
        assertThat(flowService.last().headers().get("X-Forwarded-For")).containsExactly("203.0.113.7");
    }

    @Test
    void manyEntriesFitIntoOneAnswer() {
        String list = IntStream.range(0, 10_000)
                .mapToObj(i -> Entries.entry("e" + i, "loaded"))
                .collect(Collectors.joining(",", "[", "]"));
        flowService.answer(Entries.LIST, 200, list);

        assertThat(client.result("config_entries/get").size()).isEqualTo(10_000);
    }

    private static JsonNode claims(String token) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}
