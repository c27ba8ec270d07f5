package dev.latchkey.auth.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.user.PasswordProvider;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators give and take usernames: rows CF-08 to CF-10. */
@AuthServiceTest
class CredentialCommandsIT {

    private static final String CREATE = "config/auth_provider/homeassistant/create";
    private static final String DELETE = "config/auth_provider/homeassistant/delete";

    @Inject
    People people;

    @Inject
    PasswordProvider passwords;

    @Inject
    SystemUsers systemUsers;

    private SocketClient client;
    private String userId;
    private String username;

    @BeforeEach
    void signIn() {
        client = SocketClient.signedIn(people.signIn(people.someone("system-admin")));
        userId = client.result("config/auth/create", "name", "New")
                .get("user")
                .get("id")
                .textValue();
        username = "test-" + UUID.randomUUID();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void aUserWithACredentialCanSignIn() {
        assertThat(create(userId, username, People.PASSWORD).get("result").isNull())
                .isTrue();

        people.signIn(new Person(userId, username, People.PASSWORD));
        assertThat(client.result("config/auth/list").findValuesAsText("username"))
                .contains(username);
    }

    @Test
    void anUnknownUserIsNotFoundAndASystemUserGetsNone() {
        assertThat(errorCode("unknown", username, People.PASSWORD)).isEqualTo("not_found");
        assertThat(errorCode("x".repeat(60_000), username, People.PASSWORD)).isEqualTo("not_found");
        assertThat(create(systemUsers.add("Content"), username, People.PASSWORD)
                        .get("error")
                        .toString())
                .isEqualTo("{\"code\":\"system_generated\","
                        + "\"message\":\"Cannot add credentials to a system generated user.\"}");
    }

    @Test
    void aTakenUsernameIsRefusedWithATranslation() {
        create(userId, username, People.PASSWORD);

        JsonNode error = create(userId, username, People.PASSWORD).get("error");
        assertThat(error.get("code").textValue()).isEqualTo("home_assistant_error");
        assertThat(error.get("translation_domain").textValue()).isEqualTo("auth");
        assertThat(error.get("translation_key").textValue()).isEqualTo("username_already_exists");
        assertThat(error.get("translation_placeholders").toString()).isEqualTo("{\"username\":\"" + username + "\"}");
    }

    @Test
    void aUsernameThatIsNotNormalizedIsRefusedWithTheOneToUse() {
        for (String other : List.of(username.toUpperCase(), username + " ", "\t" + username)) {
            JsonNode error = create(userId, other, People.PASSWORD).get("error");
            assertThat(error.get("code").textValue()).isEqualTo("home_assistant_error");
            assertThat(error.get("translation_key").textValue()).isEqualTo("username_not_normalized");
            assertThat(error.get("translation_placeholders").toString())
                    .isEqualTo("{\"new_username\":\"" + username + "\"}");
        }
    }

    @Test
    void usernamesAndPasswordsOfNoUseAreRefused() {
        for (String bad : List.of("", "a\nb", "x".repeat(129), "x".repeat(60_000))) {
            assertThat(errorCode(userId, bad, People.PASSWORD)).isEqualTo("invalid_username");
        }
        for (String bad : List.of("", "1234567", "x".repeat(129), "x".repeat(60_000))) {
            assertThat(errorCode(userId, username, bad)).isEqualTo("invalid_password");
        }
        create(userId, username, "12345678");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"" + CREATE + "\"",
                "\"type\":\"" + CREATE + "\",\"user_id\":\"a\",\"username\":\"a\"",
                "\"type\":\"" + CREATE + "\",\"user_id\":\"a\",\"username\":\"a\",\"password\":5",
                "\"type\":\"" + CREATE + "\",\"user_id\":\"a\",\"username\":\"a\\u0000\",\"password\":\"canary\"",
                "\"type\":\"" + CREATE + "\",\"user_id\":\"\\u0000\",\"username\":\"a\",\"password\":\"canary\"",
                "\"type\":\"" + CREATE + "\",\"user_id\":\"a\",\"username\":\"\\ud800\",\"password\":\"canary\"",
                "\"type\":\"" + DELETE + "\"",
                "\"type\":\"" + DELETE + "\",\"username\":null",
                "\"type\":\"" + DELETE + "\",\"username\":\"a\\u0000\"",
            })
    void messagesOfAnotherFormAreRefused(String members) {
        client.send("{\"id\":9," + members + "}");

        JsonNode answer = client.next();
        assertThat(answer.get("error").get("code").textValue()).isEqualTo("invalid_format");
        assertThat(answer.toString()).doesNotContain("canary");
    }

    @Test
    void ofTwoUsersWhoGetAUsernameAtOnceExactlyOneHasIt() {
        try (SocketClient second = SocketClient.signedIn(people.signIn(people.someone("system-admin")))) {
            CompletableFuture<JsonNode> other = CompletableFuture.supplyAsync(
                    () -> second.command(CREATE, "user_id", userId, "username", username, "password", People.PASSWORD));
            JsonNode one = create(userId, username, People.PASSWORD);

            assertThat(List.of(one, other.join()))
                    .extracting(answer ->
                            answer.path("error").path("translation_key").asText("none"))
                    .containsExactlyInAnyOrder("none", "username_already_exists");
        }
    }

    @Test
    void aDeletedCredentialSignsNobodyInAndItsNameIsFreeAgain() {
        create(userId, username, People.PASSWORD);

        assertThat(client.result(DELETE, "username", username).isNull()).isTrue();

        assertThat(passwords.verify(username, People.PASSWORD)).isEmpty();
        assertThat(create(userId, username, People.PASSWORD).get("success").booleanValue())
                .isTrue();
    }

    @Test
    void theSessionsOfADeletedCredentialStay() {
        Person person = people.someone();
        try (SocketClient other = SocketClient.signedIn(people.signIn(person))) {
            client.result(DELETE, "username", person.username());

            assertThat(other.result("auth/refresh_tokens")
                            .get(0)
                            .get("auth_provider_type")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void anUnknownUsernameIsNotFoundWithATranslation() {
        for (String unknown : List.of("nobody", "", "x".repeat(60_000))) {
            JsonNode error = client.error(DELETE, "username", unknown);
            assertThat(error.get("code").textValue()).isEqualTo("home_assistant_error");
            assertThat(error.get("translation_key").textValue()).isEqualTo("user_not_found");
        }
    }

    private JsonNode create(String user, String name, String password) {
        return client.command(CREATE, "user_id", user, "username", name, "password", password);
    }

    private String errorCode(String user, String name, String password) {
        return create(user, name, password).path("error").path("code").textValue();
    }
}
