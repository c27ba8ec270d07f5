package dev.latchkey.auth.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.testing.AdjustableClock;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People see and take back what they granted: rows WA-01, WA-02 and WA-08 to WA-18. */
@AuthServiceTest
class GrantCommandsIT {

    private static final String INVALID_TOKEN_ID =
            "{\"code\":\"invalid_token_id\",\"message\":\"Received invalid token\"}";

    @Inject
    People people;

    @Inject
    AdjustableClock clock;

    private Person person;
    private Tokens tokens;
    private SocketClient client;

    @BeforeEach
    void signIn() {
        person = people.someone();
        tokens = people.signIn(person);
        client = SocketClient.signedIn(tokens);
    }

    @AfterEach
    void leave() {
        client.close();
        clock.reset();
    }

    @Test
    void currentUserSaysWhoIsSignedInAndNoSecretOfTheCredential() {
        JsonNode user = client.result("auth/current_user");

        assertThat(user.toString())
                .isEqualTo("{\"id\":\"" + person.id() + "\",\"name\":\"Someone\",\"is_owner\":false,\"is_admin\":false,"
                        + "\"credentials\":[{\"auth_provider_type\":\"homeassistant\",\"auth_provider_id\":null}],"
                        + "\"mfa_modules\":[]}");
        assertThat(client.errorCode("auth/current_user", "x", 1)).isEqualTo("invalid_format");
    }

    @Test
    void ownerAndAdministratorAreToldApart() {
        try (SocketClient owner = SocketClient.signedIn(people.signIn(people.owner()));
                SocketClient admin = SocketClient.signedIn(people.signIn(people.someone("system-admin")))) {
            assertThat(owner.result("auth/current_user").get("is_owner").booleanValue())
                    .isTrue();
            assertThat(owner.result("auth/current_user").get("is_admin").booleanValue())
                    .isTrue();
            assertThat(admin.result("auth/current_user").get("is_owner").booleanValue())
                    .isFalse();
            assertThat(admin.result("auth/current_user").get("is_admin").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void grantsAreListedInTheirOrderWithoutAnyToken() {
        Tokens second = people.signIn(person);
        String longLived = longLived("App");
        people.signIn(people.someone());

        JsonNode grants = grants();

        assertThat(grants).hasSize(3);
        assertThat(grants.findValuesAsText("type")).containsExactly("normal", "normal", "long_lived_access_token");
        assertThat(grants.findValuesAsText("is_current")).containsExactly("true", "false", "false");
        JsonNode first = grants.get(0);
        assertThat(names(first))
                .containsExactlyInAnyOrder(
                        "auth_provider_type",
                        "client_icon",
                        "client_id",
                        "client_name",
                        "created_at",
                        "expire_at",
                        "id",
                        "is_current",
                        "last_used_at",
                        "last_used_ip",
                        "type");
        assertThat(first.get("auth_provider_type").textValue()).isEqualTo("homeassistant");
        assertThat(first.get("client_id").textValue()).isEqualTo(People.CLIENT_ID);
        assertThat(first.get("created_at").textValue()).endsWith("+00:00");
        assertThat(OffsetDateTime.parse(first.get("expire_at").textValue())).isAfter(OffsetDateTime.now());
        assertThat(first.get("last_used_ip").textValue()).isEqualTo("127.0.0.1");
        assertThat(grants.toString())
                .doesNotContain(tokens.refreshToken(), tokens.accessToken(), second.refreshToken(), longLived);
    }

    @Test
    void aLongLivedGrantHasANameAndNoEndByDisuse() {
        client.result("auth/long_lived_access_token", "client_name", "App", "client_icon", "mdi:phone");

        JsonNode grant = grants().get(1);
        assertThat(grant.get("client_name").textValue()).isEqualTo("App");
        assertThat(grant.get("client_icon").textValue()).isEqualTo("mdi:phone");
        for (String absent : List.of("expire_at", "client_id", "auth_provider_type", "last_used_at", "last_used_ip")) {
            assertThat(grant.get(absent).isNull()).as(absent).isTrue();
        }
    }

    @Test
    void theLastUseOfAGrantShowsAtOnce() {
        String token = longLived("App");
        clock.advance(Duration.ofMinutes(2));
        given().header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", "198.51.100.20")
                .get("/api/")
                .then()
                .statusCode(200);

        JsonNode grant = grants().get(1);
        assertThat(grant.get("last_used_ip").textValue()).isEqualTo("198.51.100.20");
        assertThat(Duration.between(time(grant, "created_at"), time(grant, "last_used_at")))
                .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    }

    @Test
    void deletingAnotherSessionEndsItsTokensAndItsSocket() {
        Tokens other = people.signIn(person);
        try (SocketClient otherClient = SocketClient.signedIn(other)) {
            assertThat(delete(id(1)).get("result").toString()).isEqualTo("{}");

            assertThat(otherClient.closeCode()).isEqualTo(1000);
            assertSignedOut(other);
            assertThat(grants()).hasSize(1);
        }
    }

    @Test
    void deletingTheOwnSessionAnswersAndThenCloses() {
        assertThat(delete(id(0)).get("result").toString()).isEqualTo("{}");

        assertThat(client.closeCode()).isEqualTo(1000);
        assertThat(client.hasMore()).isFalse();
        assertSignedOut(tokens);
    }

    @Test
    void nothingIsDoneAfterTheOwnSessionWasDeleted() {
        String id = id(0);
        client.send("[{\"id\":10,\"type\":\"auth/delete_refresh_token\",\"refresh_token_id\":\"" + id + "\"},"
                + "{\"id\":11,\"type\":\"ping\"}]");

        assertThat(client.next().get("success").booleanValue()).isTrue();
        assertThat(client.closeCode()).isEqualTo(1000);
        assertThat(client.hasMore()).isFalse();
    }

    @Test
    void theGrantOfAnotherPersonIsAsUnknownAsNone() {
        try (SocketClient stranger = SocketClient.signedIn(people.signIn(people.someone()))) {
            String foreign =
                    stranger.result("auth/refresh_tokens").get(0).get("id").textValue();
            for (String id : List.of(foreign, "unknown", "", "' or '1'='1", "x".repeat(60_000))) {
                assertThat(client.error("auth/delete_refresh_token", "refresh_token_id", id)
                                .toString())
                        .isEqualTo(INVALID_TOKEN_ID);
                assertThat(client.error("auth/refresh_token_set_expiry", "refresh_token_id", id, "enable_expiry", false)
                                .toString())
                        .isEqualTo(INVALID_TOKEN_ID);
            }
            assertThat(stranger.result("auth/refresh_tokens")
                            .get(0)
                            .get("expire_at")
                            .isNull())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"auth/delete_refresh_token\"",
                "\"type\":\"auth/delete_refresh_token\",\"refresh_token_id\":null",
                "\"type\":\"auth/delete_refresh_token\",\"refresh_token_id\":1",
                "\"type\":\"auth/delete_refresh_token\",\"refresh_token_id\":\"\\u0000\"",
                "\"type\":\"auth/delete_refresh_token\",\"refresh_token_id\":\"\\ud800\"",
                "\"type\":\"auth/delete_refresh_token\",\"refresh_token_id\":\"a\",\"x\":1",
                "\"type\":\"auth/refresh_token_set_expiry\",\"refresh_token_id\":\"a\"",
                "\"type\":\"auth/refresh_token_set_expiry\",\"enable_expiry\":true",
                "\"type\":\"auth/refresh_token_set_expiry\",\"refresh_token_id\":\"a\",\"enable_expiry\":1",
                "\"type\":\"auth/refresh_token_set_expiry\",\"refresh_token_id\":\"a\\u0000\",\"enable_expiry\":true",
                "\"type\":\"auth/delete_all_refresh_tokens\",\"token_type\":\"no such type\"",
                "\"type\":\"auth/delete_all_refresh_tokens\",\"token_type\":null",
                "\"type\":\"auth/delete_all_refresh_tokens\",\"delete_current_token\":\"no\"",
                "\"type\":\"auth/refresh_tokens\",\"user_id\":\"a\"",
            })
    void messagesOfAnotherFormAreRefusedAndNothingIsDeleted(String members) {
        client.send("{\"id\":1," + members + "}");

        assertThat(client.next().get("error").get("code").textValue()).isEqualTo("invalid_format");
        client.send("{\"id\":2,\"type\":\"auth/refresh_tokens\"}");
        assertThat(client.next().get("result")).hasSize(1);
    }

    @Test
    void theEndByDisuseCanBeSwitchedOffAndOnAgain() {
        assertThat(setExpiry(id(0), false).toString()).isEqualTo("{}");
        assertThat(grants().get(0).get("expire_at").isNull()).isTrue();

        assertThat(setExpiry(id(0), true).toString()).isEqualTo("{}");
        JsonNode grant = grants().get(0);
        assertThat(Duration.between(time(grant, "last_used_at"), time(grant, "expire_at")))
                .isBetween(
                        Duration.ofDays(90).minusMinutes(1), Duration.ofDays(90).plusMinutes(1));
    }

    @Test
    void aLongLivedTokenNeverEndsByDisuse() {
        longLived("App");

        setExpiry(id(1), true);

        assertThat(grants().get(1).get("expire_at").isNull()).isTrue();
    }

    private JsonNode grants() {
        return client.result("auth/refresh_tokens");
    }

    private String id(int index) {
        return grants().get(index).get("id").textValue();
    }

    private JsonNode delete(String id) {
        return client.command("auth/delete_refresh_token", "refresh_token_id", id);
    }

    private JsonNode setExpiry(String id, boolean enabled) {
        return client.result("auth/refresh_token_set_expiry", "refresh_token_id", id, "enable_expiry", enabled);
    }

    private String longLived(String name) {
        return client.result("auth/long_lived_access_token", "client_name", name, "lifespan", 30)
                .textValue();
    }

    private static OffsetDateTime time(JsonNode grant, String field) {
        return OffsetDateTime.parse(grant.get(field).textValue());
    }

    private static Set<String> names(JsonNode object) {
        return StreamSupport.stream(object.properties().spliterator(), false)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static void assertSignedOut(Tokens tokens) {
        given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/")
                .then()
                .statusCode(401);
    }
}
