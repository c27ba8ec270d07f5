package dev.latchkey.auth.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code auth/delete_all_refresh_tokens}: rows WA-12 to WA-15. */
@AuthServiceTest
class SignOutEverywhereIT {

    @Inject
    People people;

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
    }

    @Test
    void deletingAllEndsEverySessionTheOwnOneAfterTheAnswer() {
        Tokens other = people.signIn(person);
        String longLived = longLived("App");
        try (SocketClient otherClient = SocketClient.signedIn(other);
                SocketClient app = SocketClient.open().authenticate(longLived)) {
            assertThat(client.result("auth/delete_all_refresh_tokens").toString())
                    .isEqualTo("{}");

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(otherClient.closeCode()).isEqualTo(1000);
            assertThat(app.closeCode()).isEqualTo(1000);
            assertSignedOut(tokens);
            assertSignedOut(other);
        }
        try (SocketClient again = SocketClient.signedIn(people.signIn(person))) {
            assertThat(again.result("auth/refresh_tokens")).hasSize(1);
        }
    }

    @Test
    void deletingAllOfAnotherPersonIsNotPossible() {
        try (SocketClient stranger = SocketClient.signedIn(people.signIn(people.someone()))) {
            client.result("auth/delete_all_refresh_tokens", "delete_current_token", false);

            assertThat(stranger.result("auth/refresh_tokens")).hasSize(1);
        }
    }

    @Test
    void deletingLongLivedTokensKeepsTheSessions() {
        people.signIn(person);
        longLived("App");

        client.result("auth/delete_all_refresh_tokens", "token_type", "long_lived_access_token");

        assertThat(grants().findValuesAsText("type")).containsExactly("normal", "normal");
    }

    @Test
    void deletingSessionsMayKeepTheCurrentOneAndKeepsLongLivedTokens() {
        people.signIn(person);
        longLived("App");

        client.result("auth/delete_all_refresh_tokens", "token_type", "normal", "delete_current_token", false);

        assertThat(grants().findValuesAsText("type")).containsExactly("normal", "long_lived_access_token");
        assertThat(grants().get(0).get("is_current").booleanValue()).isTrue();
    }

    private JsonNode grants() {
        return client.result("auth/refresh_tokens");
    }

    private String longLived(String name) {
        return client.result("auth/long_lived_access_token", "client_name", name, "lifespan", 30)
                .textValue();
    }

    private static void assertSignedOut(Tokens tokens) {
        given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/")
                .then()
                .statusCode(401);
    }
}
