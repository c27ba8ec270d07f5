package dev.latchkey.auth.onboarding;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.introspect;
import static dev.latchkey.auth.Calls.redeem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.FreshInstallation;
import dev.latchkey.auth.People;
import dev.latchkey.auth.user.UserDetails;
import dev.latchkey.auth.user.UserService;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a fresh installation gets its first user (decision A20). There is one first time, so these rules come in order. */
@AuthServiceTest
@TestProfile(FreshInstallation.class)
@TestMethodOrder(OrderAnnotation.class)
class OnboardingIT {

    private static final Map<String, Object> OWNER = Map.of(
            "name", "Owner",
            "username", People.OWNER,
            "password", People.OWNER_PASSWORD,
            "client_id", People.CLIENT_ID,
            "language", "en");

    @Inject
    UserService users;

    @Test
    @Order(1)
    void aFreshInstallationSaysThatItsUserIsMissing() {
        assertSteps(false);
        Response providers = given().get("/auth/providers");
        assertThat(providers.statusCode()).isEqualTo(400);
        providers
                .then()
                .body("message", equalTo("Onboarding not finished"))
                .body("code", equalTo("onboarding_required"));
    }

    @Test
    @Order(2)
    void aFreshInstallationHasNobodyWhoCouldSignIn() {
        String flowId = People.startFlow(People.loginFlow()).path("flow_id");

        People.submit(flowId, People.CLIENT_ID, People.OWNER, People.OWNER_PASSWORD)
                .then()
                .statusCode(200)
                .body("errors.base", equalTo("invalid_auth"));
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "name, ''",
        "name, '   '",
        "username, ''",
        "username, '  '",
        "password, ''",
        "password, short",
        "client_id, ''",
        "client_id, nope",
        "client_id, ftp://app.example/"
    })
    void anOwnerWhoCouldNotSignInIsNotMade(String field, String value) {
        create(People.with(OWNER, field, value)).then().statusCode(400);
        assertSteps(false);
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({"name", "username", "client_id"})
    void noTextIsTooMuch(String field) {
        for (String text : List.of("\u0000", "a\u0000b", "x".repeat(5_000))) {
            create(People.with(OWNER, field, text)).then().statusCode(400);
        }
        given().body(People.json(People.with(OWNER, field, "HALF")).replace("HALF", "a\\ud800b"))
                .post("/api/onboarding/users")
                .then()
                .statusCode(400);
        create(People.with(OWNER, "password", "x".repeat(129))).then().statusCode(400);
        assertSteps(false);
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({"name", "username", "password", "client_id"})
    void everyKeyIsNeeded(String key) {
        Map<String, Object> message = new LinkedHashMap<>(OWNER);
        message.remove(key);

        create(message)
                .then()
                .statusCode(400)
                .body("message", equalTo("Message format incorrect: required key not provided @ data['" + key + "']"));
        create(People.with(OWNER, key, 5))
                .then()
                .statusCode(400)
                .body("message", startsWith("Message format incorrect"));
        assertSteps(false);
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, https://cast.home-assistant.io",
        "Origin, null"
    })
    void aPageOfAnotherOriginCannotClaimAnInstallation(String header, String value) {
        given().header(header, value)
                .contentType("text/plain")
                .body(People.json(OWNER))
                .post("/api/onboarding/users")
                .then()
                .statusCode(403)
                .body("message", equalTo("A page of another origin cannot set up this installation"));
        assertSteps(false);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"evil.example", "evil.example:8081", "example.com.evil.example", "localhost.evil.example"})
    void aNameThatMayBeAStrangersCannotClaimAnInstallation(String host) {
        given().header("Host", host)
                .header("Origin", "http://" + host)
                .body(People.json(OWNER))
                .post("/api/onboarding/users")
                .then()
                .statusCode(403)
                .body("message", containsString("latchkey.auth.issuer"));
        assertSteps(false);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(
            strings = {
                "example.com",
                "Example.com:8443",
                "latchkey.internal:8123",
                "localhost:8123",
                "127.0.0.1",
                "192.168.1.5:8123",
                "[fd00::1]:8123"
            })
    void aConfiguredNameAndEveryAddressLeadToTheInstallation(String host) {
        given().header("Host", host)
                .header("Origin", "http://" + host)
                .header("Sec-Fetch-Site", "same-origin")
                .body("{}")
                .post("/api/onboarding/users")
                .then()
                .statusCode(400);
    }

    @Test
    @Order(4)
    void ofTwentyWhoTryAtOnceOneBecomesTheOwner() {
        List<Response> answers = atOnce(20, () -> create(OWNER));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 403))
                .hasSize(19)
                .allMatch(answer -> answer.asString().equals("{\"message\":\"User step already done\"}"));
        Response created = answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(people()).singleElement().satisfies(OnboardingIT::assertOwner);

        String accessToken = redeem(created.path("auth_code"), People.CLIENT_ID)
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
        api(accessToken).then().statusCode(200);
        introspect(accessToken).then().body("groups", equalTo(List.of("system-admin")));
    }

    @Test
    @Order(5)
    void whenItIsDoneItIsDone() {
        assertSteps(true);
        Response again = create(People.with(OWNER, "username", "second"));
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.asString()).isEqualTo("{\"message\":\"User step already done\"}");
        given().get("/auth/providers").then().statusCode(200);
        assertThat(people()).hasSize(1);
    }

    @Test
    @Order(6)
    void theOwnerSignsIn() {
        String flowId = People.startFlow(People.loginFlow()).path("flow_id");

        People.submit(flowId, People.CLIENT_ID, " OWNER ", People.OWNER_PASSWORD)
                .then()
                .body("type", equalTo("create_entry"));
    }

    /** Without those who stand for the platform. */
    private List<UserDetails> people() {
        return users.list().stream()
                .filter(user -> !user.account().systemGenerated())
                .toList();
    }

    private static void assertOwner(UserDetails user) {
        assertThat(user.account().owner()).isTrue();
        assertThat(user.account().admin()).isTrue();
        assertThat(user.account().name()).isEqualTo("Owner");
        assertThat(user.username()).isEqualTo(People.OWNER);
    }

    private static Response create(Map<String, Object> message) {
        return People.post("/api/onboarding/users", message);
    }

    private static void assertSteps(boolean done) {
        Response steps = given().get("/api/onboarding");
        assertThat(steps.statusCode()).isEqualTo(200);
        assertThat(steps.asString())
                .isEqualTo("[{\"step\":\"user\",\"done\":" + done + "},{\"step\":\"integration\",\"done\":false}]");
    }
}
