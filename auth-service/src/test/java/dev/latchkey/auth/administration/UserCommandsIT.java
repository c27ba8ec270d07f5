package dev.latchkey.auth.administration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators manage users: rows CF-01 to CF-07. */
@AuthServiceTest
class UserCommandsIT {

    private static final String NOT_FOUND = "{\"code\":\"not_found\",\"message\":\"User not found\"}";

    @Inject
    People people;

    @Inject
    SystemUsers systemUsers;

    private Person admin;
    private SocketClient client;

    @BeforeEach
    void signIn() {
        admin = people.someone("system-admin");
        client = SocketClient.signedIn(people.signIn(admin));
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void everyUserIsListedWithTheSystemUsersAndWithoutSecrets() {
        String systemUser = systemUsers.add("Content");

        JsonNode users = client.result("config/auth/list");

        assertThat(userOf(users, admin.id()).toString())
                .isEqualTo("{\"id\":\"" + admin.id() + "\",\"username\":\"" + admin.username()
                        + "\",\"name\":\"Someone\",\"is_owner\":false,\"is_active\":true,\"local_only\":false,"
                        + "\"system_generated\":false,\"group_ids\":[\"system-admin\"],"
                        + "\"credentials\":[{\"type\":\"homeassistant\"}]}");
        assertThat(userOf(users, systemUser).get("system_generated").booleanValue())
                .isTrue();
        assertThat(userOf(users, systemUser).get("username").isNull()).isTrue();
        assertThat(users.findValuesAsText("is_owner")).containsOnlyOnce("true");
        assertThat(users.toString()).doesNotContain("argon2");
    }

    @Test
    void aNewUserIsActiveAndHasNoCredential() {
        JsonNode user = client.result("config/auth/create", "name", "New").get("user");

        assertThat(user.get("name").textValue()).isEqualTo("New");
        assertThat(user.get("is_active").booleanValue()).isTrue();
        assertThat(user.get("local_only").booleanValue()).isFalse();
        assertThat(user.get("username").isNull()).isTrue();
        assertThat(user.get("group_ids")).isEmpty();
        assertThat(user.get("credentials")).isEmpty();
    }

    @Test
    void aNewUserMayHaveGroupsAndBeLocal() {
        JsonNode user = client.result(
                        "config/auth/create",
                        "name",
                        "New",
                        "group_ids",
                        List.of("system-users", "system-users"),
                        "local_only",
                        true)
                .get("user");

        assertThat(user.get("group_ids").toString()).isEqualTo("[\"system-users\"]");
        assertThat(user.get("local_only").booleanValue()).isTrue();
    }

    @Test
    void namesThatCannotBeShownAreRefused() {
        for (String name : new String[] {"", "  ", "a\nb", "x".repeat(257), "x".repeat(60_000)}) {
            assertThat(client.errorCode("config/auth/create", "name", name)).isEqualTo("invalid_name");
            assertThat(client.errorCode("config/auth/update", "user_id", admin.id(), "name", name))
                    .isEqualTo("invalid_name");
        }
    }

    @Test
    void anUnknownGroupIsRefused() {
        for (Object groups : List.of(List.of("no-such-group"), List.of("system-users", ""))) {
            assertThat(client.errorCode("config/auth/create", "name", "New", "group_ids", groups))
                    .isEqualTo("invalid_group");
            assertThat(client.errorCode("config/auth/update", "user_id", admin.id(), "group_ids", groups))
                    .isEqualTo("invalid_group");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"config/auth/list\",\"x\":1",
                "\"type\":\"config/auth/create\"",
                "\"type\":\"config/auth/create\",\"name\":null",
                "\"type\":\"config/auth/create\",\"name\":\"a\\u0000\"",
                "\"type\":\"config/auth/create\",\"name\":\"\\udc00\"",
                "\"type\":\"config/auth/create\",\"name\":\"a\",\"group_ids\":\"system-users\"",
                "\"type\":\"config/auth/create\",\"name\":\"a\",\"group_ids\":[1]",
                "\"type\":\"config/auth/create\",\"name\":\"a\",\"group_ids\":[\"\\u0000\"]",
                "\"type\":\"config/auth/create\",\"name\":\"a\",\"local_only\":\"true\"",
                "\"type\":\"config/auth/create\",\"name\":\"a\",\"is_owner\":true",
                "\"type\":\"config/auth/update\"",
                "\"type\":\"config/auth/update\",\"user_id\":5",
                "\"type\":\"config/auth/update\",\"user_id\":\"\\u0000\"",
                "\"type\":\"config/auth/update\",\"user_id\":\"a\",\"is_active\":0",
                "\"type\":\"config/auth/update\",\"user_id\":\"a\",\"is_active\":null",
                "\"type\":\"config/auth/update\",\"user_id\":\"a\",\"system_generated\":true",
                "\"type\":\"config/auth/delete\"",
                "\"type\":\"config/auth/delete\",\"user_id\":[]",
                "\"type\":\"config/auth/delete\",\"user_id\":\"a\\u0000\"",
            })
    void messagesOfAnotherFormAreRefused(String members) {
        client.send("{\"id\":1," + members + "}");

        assertThat(client.next().get("error").get("code").textValue()).isEqualTo("invalid_format");
    }

    @Test
    void anUpdateChangesWhatItNamesAndNothingElse() {
        String id = create("Before");

        JsonNode renamed = client.result("config/auth/update", "user_id", id, "name", "After")
                .get("user");
        JsonNode regrouped = client.result(
                        "config/auth/update", "user_id", id, "group_ids", List.of("system-read-only"))
                .get("user");
        JsonNode local = client.result("config/auth/update", "user_id", id, "local_only", true)
                .get("user");
        JsonNode unchanged = client.result("config/auth/update", "user_id", id).get("user");

        assertThat(renamed.get("name").textValue()).isEqualTo("After");
        assertThat(regrouped.get("group_ids").toString()).isEqualTo("[\"system-read-only\"]");
        assertThat(local.get("name").textValue()).isEqualTo("After");
        assertThat(unchanged).isEqualTo(local);
    }

    @Test
    void aDeactivatedUserIsSignedOutEverywhereAndMayComeBackByANewSignIn() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        try (SocketClient other = SocketClient.signedIn(tokens)) {
            client.result("config/auth/update", "user_id", person.id(), "is_active", false);

            assertThat(other.closeCode()).isEqualTo(1000);
            assertUnauthorized(tokens);
            client.result("config/auth/update", "user_id", person.id(), "is_active", true);
            assertUnauthorized(tokens);
            SocketClient.signedIn(people.signIn(person)).close();
        }
    }

    @Test
    void anAdministratorWhoDeactivatesTheOwnUserGetsTheAnswerAndIsSignedOut() {
        client.result("config/auth/update", "user_id", admin.id(), "is_active", false);

        assertThat(client.closeCode()).isEqualTo(1000);
    }

    @Test
    void theOwnerStays() {
        String owner = people.owner().id();

        assertThat(client.error("config/auth/update", "user_id", owner, "is_active", false)
                        .toString())
                .isEqualTo("{\"code\":\"cannot_deactivate_owner\",\"message\":\"Unable to deactivate owner.\"}");
        assertThat(client.errorCode("config/auth/delete", "user_id", owner)).isEqualTo("cannot_delete_owner");
        client.result("config/auth/update", "user_id", owner, "name", "Owner");
    }

    @Test
    void systemUsersCannotBeChanged() {
        String id = systemUsers.add("Content");

        assertThat(client.error("config/auth/update", "user_id", id, "name", "x")
                        .toString())
                .isEqualTo("{\"code\":\"cannot_modify_system_generated\","
                        + "\"message\":\"Unable to update system generated users.\"}");
        assertThat(client.errorCode("config/auth/delete", "user_id", id)).isEqualTo("cannot_modify_system_generated");
    }

    @Test
    void deletingAUserEndsItsSocketsAndTokens() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        try (SocketClient other = SocketClient.signedIn(tokens)) {
            assertThat(client.result("config/auth/delete", "user_id", person.id())
                            .isNull())
                    .isTrue();

            assertThat(other.closeCode()).isEqualTo(1000);
            assertUnauthorized(tokens);
            assertThat(client.error("config/auth/delete", "user_id", person.id())
                            .toString())
                    .isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void theOwnUserCannotBeDeleted() {
        assertThat(client.error("config/auth/delete", "user_id", admin.id()).toString())
                .isEqualTo("{\"code\":\"no_delete_self\",\"message\":\"Unable to delete your own account\"}");
    }

    @Test
    void anUnknownUserIsNotFound() {
        for (String id : List.of("unknown", "", "' or '1'='1", "x".repeat(60_000))) {
            assertThat(client.error("config/auth/delete", "user_id", id).toString())
                    .isEqualTo(NOT_FOUND);
            assertThat(client.error("config/auth/update", "user_id", id, "name", "x")
                            .toString())
                    .isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void ofTwoWhoDeleteTheSameUserAtOnceNeitherSeesAnUnknownError() {
        try (SocketClient second = SocketClient.signedIn(people.signIn(people.someone("system-admin")))) {
            for (int round = 0; round < 10; round++) {
                String id = people.someone().id();
                CompletableFuture<JsonNode> other =
                        CompletableFuture.supplyAsync(() -> second.command("config/auth/delete", "user_id", id));
                JsonNode one = client.command("config/auth/delete", "user_id", id);

                for (JsonNode answer : List.of(one, other.join())) {
                    assertThat(answer.path("error").path("code").asText("not_found"))
                            .isEqualTo("not_found");
                }
            }
        }
    }

    private String create(String name) {
        return client.result("config/auth/create", "name", name)
                .get("user")
                .get("id")
                .textValue();
    }

    private static JsonNode userOf(JsonNode users, String id) {
        return StreamSupport.stream(users.spliterator(), false)
                .filter(user -> user.get("id").textValue().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertUnauthorized(Tokens tokens) {
        given().headers(Map.of("Authorization", "Bearer " + tokens.accessToken()))
                .get("/api/")
                .then()
                .statusCode(401);
    }
}
