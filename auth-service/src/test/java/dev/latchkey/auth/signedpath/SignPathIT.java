package dev.latchkey.auth.signedpath;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.testing.AdjustableClock;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code auth/sign_path}: rows SP-25 and SP-32, and a signing-service that is away or odd. */
@AuthServiceTest
@TestProfile(WithSigningService.class)
class SignPathIT {

    private static final String COMMAND = "auth/sign_path";

    @Inject
    People people;

    @Inject
    AdjustableClock clock;

    SigningStandIn signing;

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

    private static String claims(String authorization) {
        return new String(Base64.getUrlDecoder().decode(authorization.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    @Test
    void pathAndLifetimeArePassedOnWithATokenOfTheCallersGrant() throws Exception {
        JsonNode result = client.result(COMMAND, "path", "/files/hello.txt", "expires", 20);

        assertThat(result.toString()).isEqualTo("{\"path\":\"/files/hello.txt?authSig=a.b.c\"}");
        SigningStandIn.Asked asked = signing.asked();
        assertThat(asked.body().toString()).isEqualTo("{\"path\":\"/files/hello.txt\",\"expires\":20}");
        String token = asked.authorization().substring("Bearer ".length());
        assertThat(claims(token))
                .contains("\"sub\":\"" + person.id() + "\"")
                .contains(claims(tokens.accessToken()).replaceAll(".*(\"sid\":\"[^\"]*\").*", "$1"));
        given().header("Authorization", "Bearer " + token).get("/api/").then().statusCode(200);
    }

    @Test
    void withoutALifetimeTheDefaultIsLeftToSigningService() throws Exception {
        client.result(COMMAND, "path", "/a");

        assertThat(signing.asked().body().toString()).isEqualTo("{\"path\":\"/a\"}");
    }

    @Test
    void aSocketThatOutlivedItsTokenSignsToo() throws Exception {
        clock.advance(Duration.ofHours(2));

        client.result(COMMAND, "path", "/a");

        String token = signing.asked().authorization().substring("Bearer ".length());
        given().header("Authorization", "Bearer " + token).get("/api/").then().statusCode(200);
    }

    @Test
    void theTokenForTheCallDoesNotLiveLong() throws Exception {
        client.result(COMMAND, "path", "/a");

        String token = signing.asked().authorization().substring("Bearer ".length());
        clock.advance(Duration.ofSeconds(71));
        given().header("Authorization", "Bearer " + token).get("/api/").then().statusCode(401);
    }

    @Test
    void aLongLivedTokenSignsAsItself() throws Exception {
        String longLived = client.result("auth/long_lived_access_token", "client_name", "A dashboard")
                .textValue();
        try (SocketClient dashboard = SocketClient.open().authenticate(longLived)) {
            dashboard.result(COMMAND, "path", "/a");
        }

        String token = signing.asked().authorization().substring("Bearer ".length());
        assertThat(claims(token)).contains(claims(longLived).replaceAll(".*(\"sid\":\"[^\"]*\").*", "$1"));
    }

    @Test
    void whatIsRefusedIsSaidInASentence() throws Exception {
        JsonNode error = client.command(COMMAND, "path", "/refused").get("error");
        signing.asked();

        assertThat(error.toString()).isEqualTo("{\"code\":\"invalid_format\",\"message\":\"It cannot be signed\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/busy", "/unauthorized", "/nonsense", "/nothing", "/silent"})
    void aSigningServiceThatIsOfNoUseIsAClearError(String path) throws Exception {
        assertThat(client.errorCode(COMMAND, "path", path)).isEqualTo("timeout");
        signing.asked();
        assertThat(client.result("auth/current_user").get("id").textValue())
                .as("the socket survives")
                .isEqualTo(person.id());
    }

    @Test
    void aMessageOfAnotherFormIsRefused() {
        assertThat(client.errorCode(COMMAND)).isEqualTo("invalid_format");
        assertThat(client.errorCode(COMMAND, "path", 5)).isEqualTo("invalid_format");
        assertThat(client.errorCode(COMMAND, "path", "/a", "expires", "20")).isEqualTo("invalid_format");
        assertThat(client.errorCode(COMMAND, "path", "/a", "x", 1)).isEqualTo("invalid_format");
    }
}
