package dev.latchkey.auth.onboarding;

import static dev.latchkey.auth.People.CLIENT_ID;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.UnattendedInstallation;
import dev.latchkey.auth.user.UserService;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An installation that nobody clicks through: its owner, and its policy, come from the environment (decisions A20, A4). */
@AuthServiceTest
@TestProfile(UnattendedInstallation.class)
class UnattendedInstallationIT {

    private static final Map<String, Object> CHALLENGED = People.with(
            People.with(People.loginFlow(), "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            "code_challenge_method",
            "S256");

    @Inject
    UserService users;

    @Test
    void theOwnerOfTheEnvironmentSignsIn() {
        String flowId = People.startFlow(CHALLENGED).path("flow_id");

        People.submit(flowId, CLIENT_ID, UnattendedInstallation.USERNAME, UnattendedInstallation.PASSWORD)
                .then()
                .body("type", equalTo("create_entry"));
        assertThat(users.list())
                .filteredOn(user -> !user.account().systemGenerated())
                .singleElement()
                .satisfies(user -> {
                    assertThat(user.account().owner()).isTrue();
                    assertThat(user.username()).isEqualTo("operator");
                });
    }

    @Test
    void onboardingIsDoneBeforeAnybodyAsks() {
        given().get("/api/onboarding").then().body("done", equalTo(List.of(true, true)));
        given().get("/auth/providers").then().statusCode(200);
        People.post(
                        "/api/onboarding/users",
                        Map.of("name", "x", "username", "x", "password", "xxxxxxxx", "client_id", CLIENT_ID))
                .then()
                .statusCode(403);
    }

    @Test
    void whereEveryAppMustUsePkceAFlowWithoutAChallengeDoesNotStart() {
        Response answer = People.startFlow(People.loginFlow());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"code_challenge is required\"}");
        People.startFlow(CHALLENGED).then().statusCode(200);
    }
}
