package dev.latchkey.auth.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.testing.AdjustableClock;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first phase of a connection: rows WS-01 to WS-10 and WS-23. */
@AuthServiceTest
class SocketAuthenticationIT {

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    AdjustableClock clock;

    @AfterEach
    void returnToNow() {
        clock.reset();
    }

    @Test
    void theServerSpeaksFirstAndSaysItsVersionAsClientsParseIt() {
        try (SocketClient client = SocketClient.open()) {
            JsonNode greeting = client.next();

            assertThat(greeting.get("type").textValue()).isEqualTo("auth_required");
            assertThat(greeting.get("ha_version").textValue()).matches("20[0-9]{2}\\.[0-9]{1,2}\\.[0-9]+");
            assertThat(greeting).hasSize(2);
        }
    }

    @Test
    void anAccessTokenIsWelcomedWithTheVersion() {
        try (SocketClient client = SocketClient.open()) {
            client.next();
            client.sendAuth(people.signIn(people.someone()).accessToken());

            JsonNode welcome = client.next();
            assertThat(welcome.get("type").textValue()).isEqualTo("auth_ok");
            assertThat(welcome.get("ha_version").textValue()).isNotEmpty();
        }
    }

    @Test
    void aClientMayAuthenticateAndCommandBeforeItHasReadAnything() {
        try (SocketClient client = SocketClient.open()) {
            client.sendAuth(people.signIn(people.someone()).accessToken());
            client.send("{\"id\":1,\"type\":\"ping\"}");

            assertThat(client.next().get("type").textValue()).isEqualTo("auth_required");
            assertThat(client.next().get("type").textValue()).isEqualTo("auth_ok");
            assertThat(client.next().get("type").textValue()).isEqualTo("pong");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"auth\"}",
                "{\"type\":\"auth\",\"access_token\":\"nonsense\"}",
                "{\"type\":\"auth\",\"access_token\":\"\"}",
                "{\"type\":\"auth\",\"access_token\":\"eyJhbGciOiJub25lIn0.e30.\"}",
                "{\"type\":\"auth\",\"api_password\":\"secret\"}",
            })
    void whatIsNoAccessTokenIsRefusedWithCode1000(String message) {
        assertRefused(message, "Invalid access token or password");
    }

    @Test
    void aTokenLongerThanAnyOfOursIsRefused() {
        assertRefused(
                SocketClient.json("type", "auth", "access_token", "x".repeat(9000)),
                "Invalid access token or password");
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        assertRefused(
                SocketClient.json(
                        "type",
                        "auth",
                        "access_token",
                        people.signIn(people.someone()).refreshToken()),
                "Invalid access token or password");
    }

    @Test
    void anExpiredTokenIsRefusedButAnOpenConnectionOutlivesItsToken() {
        Tokens tokens = people.signIn(people.someone());
        try (SocketClient client = SocketClient.signedIn(tokens)) {
            clock.advance(Duration.ofMinutes(31));

            assertRefused(
                    SocketClient.json("type", "auth", "access_token", tokens.accessToken()),
                    "Invalid access token or password");
            assertThat(client.command("ping").get("type").textValue()).isEqualTo("pong");
            assertThat(client.result("auth/current_user").get("name").textValue())
                    .isEqualTo("Someone");
        }
    }

    @Test
    void aRevokedTokenIsRefused() {
        Tokens tokens = people.signIn(people.someone());
        given().formParam("token", tokens.refreshToken())
                .post("/auth/revoke")
                .then()
                .statusCode(200);

        assertRefused(
                SocketClient.json("type", "auth", "access_token", tokens.accessToken()),
                "Invalid access token or password");
    }

    @Test
    void aDeactivatedUserIsRefused() {
        People.Person person = people.someone();
        Tokens tokens = people.signIn(person);
        users.update(person.id(), new UserChange(null, false, null, null));

        assertRefused(
                SocketClient.json("type", "auth", "access_token", tokens.accessToken()),
                "Invalid access token or password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"auth\",\"access_token\":\"canary\",\"id\":1}",
                "{\"type\":\"auth\",\"access_token\":\"canary\",\"extra\":\"canary\"}",
                "{\"type\":\"auth\",\"access_token\":\"canary\",\"api_password\":\"canary\"}",
                "{\"type\":\"canary\",\"access_token\":\"canary\"}",
                "{\"type\":\"auth\",\"access_token\":5}",
                "{\"type\":\"auth\",\"access_token\":null}",
                "{\"type\":\"auth\",\"access_token\":[\"canary\"]}",
                "{\"type\":\"auth\",\"access_token\":{\"canary\":\"canary\"}}",
                "{\"type\":\"auth\",\"access_token\":\"canary\\u0000\"}",
                "{\"type\":[\"canary\"]}",
                "{\"access_token\":\"canary\"}",
                "{}",
                "[]",
                "[{\"type\":\"auth\",\"access_token\":\"canary\"}]",
                "\"canary\"",
                "5",
                "null",
                "true",
                "{\"id\":1,\"type\":\"call_service\",\"domain\":\"canary\"}",
            })
    void anythingElseIsMalformedAndNoneOfItsValuesIsRepeated(String message) {
        try (SocketClient client = SocketClient.open()) {
            client.next();
            client.send(message);

            JsonNode refusal = client.next();
            assertThat(refusal.get("type").textValue()).isEqualTo("auth_invalid");
            assertThat(refusal.get("message").textValue()).startsWith("Auth message incorrectly formatted: ");
            assertThat(refusal.toString()).doesNotContain("canary");
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void noPartOfARefusedMessageIsLogged() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + Arrays.toString(entry.getParameters()) + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(recorder);
        try {
            assertRefused("{\"type\":\"auth\",\"access_token\":\"canary\"}", "Invalid access token or password");
            assertClosedWithoutAWord(client -> client.send("{\"type\":\"auth\",\"access_token\":\"canary"));
        } finally {
            root.removeHandler(recorder);
        }
        assertThat(logged).noneMatch(entry -> entry.contains("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "",
                " ",
                "{",
                "{\"type\":\"auth\"} trailing",
                "{\"type\":\"auth\",\"type\":\"auth\"}",
                "{'type':'auth'}",
                "{\"type\":NaN}"
            })
    void whatIsNotJsonClosesWithoutAWord(String message) {
        assertClosedWithoutAWord(client -> client.send(message));
    }

    @Test
    void aBinaryFrameClosesWithoutAWord() {
        assertClosedWithoutAWord(client -> client.sendBinary((byte) 1, (byte) 2));
    }

    @Test
    void aStrangerCannotMakeTheServerReadALongMessage() {
        assertClosedWithoutAWord(
                client -> client.send(SocketClient.json("type", "auth", "access_token", "x".repeat(20_000))));
    }

    @Test
    void nothingSentAfterARefusalIsAnswered() {
        String valid = people.signIn(people.someone()).accessToken();
        try (SocketClient client = SocketClient.open()) {
            client.next();
            client.sendAuth("nonsense");
            client.trySend(SocketClient.json("type", "auth", "access_token", valid));

            assertThat(client.next().get("type").textValue()).isEqualTo("auth_invalid");
            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(client.hasMore()).isFalse();
        }
    }

    @Test
    void aRequestThatAsksForNoUpgradeAnswers400() {
        given().get("/api/websocket").then().statusCode(400);
        given().header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get("/api/websocket")
                .then()
                .statusCode(400);
        assertThat(given().post("/api/websocket").statusCode()).isEqualTo(405);
    }

    private static void assertRefused(String message, String reason) {
        try (SocketClient client = SocketClient.open()) {
            client.next();
            client.send(message);

            JsonNode refusal = client.next();
            assertThat(refusal.get("type").textValue()).isEqualTo("auth_invalid");
            assertThat(refusal.get("message").textValue()).isEqualTo(reason);
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    private static void assertClosedWithoutAWord(Consumer<SocketClient> provocation) {
        try (SocketClient client = SocketClient.open()) {
            client.next();
            provocation.accept(client);

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(client.hasMore()).isFalse();
        }
    }
}
