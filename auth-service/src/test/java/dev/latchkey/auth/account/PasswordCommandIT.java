package dev.latchkey.auth.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code config/auth_provider/homeassistant/change_password}: row WA-19 and decision A17. */
@AuthServiceTest
class PasswordCommandIT {

    private static final String COMMAND = "config/auth_provider/homeassistant/change_password";
    private static final String NEW_PASSWORD = "battery staple";

    @Inject
    People people;

    @Inject
    PasswordProvider passwords;

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
    }

    @Test
    void theNewPasswordWorksAndTheOldOneDoesNot() {
        assertThat(change(People.PASSWORD, NEW_PASSWORD).isNull()).isTrue();

        assertThat(passwords.verify(person.username(), NEW_PASSWORD)).isPresent();
        assertThat(passwords.verify(person.username(), People.PASSWORD)).isEmpty();
    }

    @Test
    void otherSessionsAreSignedOutAndTheOwnOneStays() {
        Tokens other = people.signIn(person);
        String longLived = client.result("auth/long_lived_access_token", "client_name", "App")
                .textValue();
        try (SocketClient otherClient = SocketClient.signedIn(other)) {
            change(People.PASSWORD, NEW_PASSWORD);

            assertThat(otherClient.closeCode()).isEqualTo(1000);
            assertThat(statusOf(other.accessToken())).isEqualTo(401);
            assertThat(statusOf(longLived)).isEqualTo(401);
            assertThat(client.result("auth/refresh_tokens")).hasSize(1);
        }
    }

    @Test
    void otherSessionsStayWhenAskedFor() {
        Tokens other = people.signIn(person);
        try (SocketClient otherClient = SocketClient.signedIn(other)) {
            client.result(
                    COMMAND,
                    "current_password",
                    People.PASSWORD,
                    "new_password",
                    NEW_PASSWORD,
                    "sign_out_others",
                    false);

            otherClient.result("auth/current_user");
            assertThat(statusOf(other.accessToken())).isEqualTo(200);
        }
    }

    @Test
    void ofSeveralChangesAtOnceOneSucceeds() {
        AtomicInteger next = new AtomicInteger();

        List<Boolean> changed = Calls.atOnce(4, () -> {
            try {
                passwords.changePassword(
                        person.id(), "none", People.PASSWORD, NEW_PASSWORD + next.incrementAndGet(), false);
                return true;
            } catch (UserException e) {
                assertThat(e.code()).isEqualTo("invalid_current_password");
                return false;
            }
        });

        assertThat(changed).containsOnlyOnce(true);
    }

    @Test
    void aWrongCurrentPasswordChangesNothing() {
        for (String wrong : new String[] {"wrong", "", People.PASSWORD + " ", "x".repeat(60_000)}) {
            assertThat(client.error(COMMAND, "current_password", wrong, "new_password", NEW_PASSWORD)
                            .toString())
                    .isEqualTo("{\"code\":\"invalid_current_password\",\"message\":\"Invalid current password\"}");
        }
        assertThat(passwords.verify(person.username(), People.PASSWORD)).isPresent();
    }

    @Test
    void aNewPasswordThatIsTooShortOrTooLongIsRefused() {
        for (String bad : new String[] {"", "1234567", "x".repeat(129), "x".repeat(60_000)}) {
            assertThat(client.errorCode(COMMAND, "current_password", People.PASSWORD, "new_password", bad))
                    .isEqualTo("invalid_password");
        }
        assertThat(passwords.verify(person.username(), People.PASSWORD)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"current_password\":\"a\"",
                "\"new_password\":\"a\"",
                "\"current_password\":5,\"new_password\":\"canary\"",
                "\"current_password\":\"canary\",\"new_password\":null",
                "\"current_password\":\"canary\\u0000\",\"new_password\":\"canary\"",
                "\"current_password\":\"canary\",\"new_password\":\"canary\",\"sign_out_others\":\"canary\"",
                "\"current_password\":\"canary\",\"new_password\":\"canary\",\"x\":\"canary\"",
            })
    void messagesOfAnotherFormAreRefusedWithoutRepeatingAPassword(String members) {
        client.send("{\"id\":1,\"type\":\"" + COMMAND + "\"," + members + "}");

        String answer = client.next().toString();
        assertThat(answer).contains("invalid_format").doesNotContain("canary");
    }

    @Test
    void aPersonWithoutAPasswordHasNoneToChange() {
        passwords.deleteCredential(person.username());

        assertThat(client.error(COMMAND, "current_password", "a", "new_password", NEW_PASSWORD)
                        .toString())
                .isEqualTo("{\"code\":\"credentials_not_found\",\"message\":\"Credentials not found\"}");
        assertThat(client.result("auth/current_user").get("credentials")).isEmpty();
    }

    private JsonNode change(String current, String next) {
        return client.result(COMMAND, "current_password", current, "new_password", next);
    }

    private static int statusOf(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/").statusCode();
    }
}
