package dev.latchkey.auth.account;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.testing.AdjustableClock;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code auth/long_lived_access_token} (decision A12): rows WA-02 to WA-07, C23 and C24. */
@AuthServiceTest
class LongLivedAccessTokenIT {

    private static final String COMMAND = "auth/long_lived_access_token";
    private static final long DAY = 86_400;

    @Inject
    People people;

    @Inject
    AdjustableClock clock;

    private Person person;
    private SocketClient client;

    @BeforeEach
    void signIn() {
        person = people.someone();
        client = SocketClient.signedIn(people.signIn(person));
    }

    @AfterEach
    void leave() {
        client.close();
        clock.reset();
    }

    @Test
    void theTokenWorksOverHttpAndOnASocketWithEveryCommand() {
        String token = issue("client_name", "App", "lifespan", 365);

        assertThat(statusOf(token)).isEqualTo(200);
        try (SocketClient app = SocketClient.open().authenticate(token)) {
            assertThat(app.result("auth/current_user").get("id").textValue()).isEqualTo(person.id());
            JsonNode grants = app.result("auth/refresh_tokens");
            assertThat(grants.findValuesAsText("is_current")).containsExactly("false", "true");
            app.result(COMMAND, "client_name", "Another");
        }
    }

    @Test
    void theExampleOfTheReferenceDocumentIsAccepted() {
        String token = client.result(COMMAND, "client_name", "GPS Logger", "client_icon", null, "lifespan", 365)
                .textValue();

        assertThat(lifetime(token)).isEqualTo(365 * DAY);
        assertThat(client.result("auth/refresh_tokens")
                        .get(1)
                        .get("client_icon")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 3650})
    void theLifespanIsInDays(int days) {
        assertThat(lifetime(issue("client_name", "App", "lifespan", days))).isEqualTo(days * DAY);
    }

    @Test
    void withoutALifespanTheTokenLivesTenYears() {
        assertThat(lifetime(issue("client_name", "App"))).isEqualTo(3650 * DAY);
    }

    @Test
    void theTokenEndsWithItsLifespanAndNotBefore() {
        String token = issue("client_name", "App", "lifespan", 1);

        clock.advance(Duration.ofHours(23));
        assertThat(statusOf(token)).isEqualTo(200);
        clock.advance(Duration.ofHours(2));
        assertThat(statusOf(token)).isEqualTo(401);
    }

    @Test
    void theSocketOfATokenEndsWithItsLifespanAndThatOfASessionDoesNot() {
        String token = issue("client_name", "App", "lifespan", 1);
        try (SocketClient app = SocketClient.open().authenticate(token)) {
            clock.advance(Duration.ofHours(23));
            app.result("auth/current_user");

            clock.advance(Duration.ofHours(2));
            app.trySend(SocketClient.json("id", 9, "type", COMMAND, "client_name", "Successor"));
            assertThat(app.closeCode()).isEqualTo(1000);
            assertThat(app.hasMore()).isFalse();
            client.result("auth/current_user");
            assertThat(client.result("auth/refresh_tokens").findValuesAsText("client_name"))
                    .doesNotContain("Successor");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "3651",
                "1000000000",
                "2147483648",
                "-9223372036854775809",
                "1.5",
                "1.0",
                "1e3",
                "true",
                "null",
                "\"x\"",
                "\"365\"",
                "[1]",
                "{}"
            })
    void anyOtherLifespanIsRefused(String lifespan) {
        client.send("{\"id\":1,\"type\":\"" + COMMAND + "\",\"client_name\":\"App\",\"lifespan\":" + lifespan + "}");

        JsonNode error = client.next().get("error");
        assertThat(error.get("code").textValue()).isEqualTo("invalid_format");
        assertThat(error.get("message").textValue()).contains("data['lifespan']");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"client_name\":null",
                "\"client_name\":5",
                "\"client_name\":\"\"",
                "\"client_name\":\"  \"",
                "\"client_name\":\"a\\u0000b\"",
                "\"client_name\":\"a\\nb\"",
                "\"client_name\":\"a\\u007fb\"",
                "\"client_name\":\"\\ud800\"",
                "\"client_name\":\"a\",\"client_icon\":5",
                "\"client_name\":\"a\",\"client_icon\":\"\\u0000\"",
                "\"client_name\":\"a\",\"client_icon\":\"\\udfff\"",
                "\"client_name\":\"a\",\"extra\":1",
            })
    void aNameOrIconThatCannotBeShownIsRefused(String members) {
        client.send("{\"id\":1,\"type\":\"" + COMMAND + "\"" + (members.isEmpty() ? "" : "," + members) + "}");

        assertThat(client.next().get("error").get("code").textValue()).isEqualTo("invalid_format");
    }

    @Test
    void namesAndIconsHaveAtMost255Characters() {
        issue("client_name", "x".repeat(255), "client_icon", "y".repeat(255));

        for (int length : new int[] {256, 60_000}) {
            assertThat(client.errorCode(COMMAND, "client_name", "x".repeat(length)))
                    .isEqualTo("invalid_format");
            assertThat(client.errorCode(COMMAND, "client_name", "App", "client_icon", "y".repeat(length)))
                    .isEqualTo("invalid_format");
        }
    }

    @Test
    void aNameInAnyScriptIsKept() {
        issue("client_name", "手机 📱 \"'<b>");

        assertThat(client.result("auth/refresh_tokens")
                        .get(1)
                        .get("client_name")
                        .textValue())
                .isEqualTo("手机 📱 \"'<b>");
    }

    @Test
    void aNameOfTheSamePersonIsTakenOnce() {
        issue("client_name", "GPS Logger");

        for (String same : List.of("GPS Logger", " GPS Logger ")) {
            assertThat(client.error(COMMAND, "client_name", same).toString())
                    .isEqualTo("{\"code\":\"name_already_exists\",\"message\":\"\\\"GPS Logger\\\" already exists\"}");
        }
        issue("client_name", "gps logger");
        try (SocketClient other = SocketClient.signedIn(people.signIn(people.someone()))) {
            other.result(COMMAND, "client_name", "GPS Logger");
        }
    }

    @Test
    void theNameOfADeletedTokenIsFreeAgain() {
        issue("client_name", "App");
        String id = client.result("auth/refresh_tokens").get(1).get("id").textValue();
        client.result("auth/delete_refresh_token", "refresh_token_id", id);

        issue("client_name", "App");
    }

    @Test
    void ofSeveralThatTakeANameAtOnceExactlyOneGetsIt() {
        List<SocketClient> clients = IntStream.range(0, 4)
                .mapToObj(i -> SocketClient.signedIn(people.signIn(person)))
                .toList();
        List<JsonNode> answers = clients.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> one.command(COMMAND, "client_name", "App")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        clients.forEach(SocketClient::close);

        assertThat(answers)
                .filteredOn(answer -> answer.get("success").booleanValue())
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !answer.get("success").booleanValue())
                .allSatisfy(answer ->
                        assertThat(answer.get("error").get("code").textValue()).isEqualTo("name_already_exists"));
    }

    private String issue(Object... members) {
        return client.result(COMMAND, members).textValue();
    }

    private static int statusOf(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/").statusCode();
    }

    private static long lifetime(String token) {
        try {
            JsonNode claims = new ObjectMapper()
                    .readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8));
            return claims.get("exp").longValue() - claims.get("iat").longValue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
