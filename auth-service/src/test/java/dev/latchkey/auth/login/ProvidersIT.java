package dev.latchkey.auth.login;

import static dev.latchkey.auth.Calls.from;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /auth/providers}. */
@AuthServiceTest
class ProvidersIT {

    @Inject
    People people;

    @BeforeEach
    void anInstallationWithAnOwner() {
        people.owner();
    }

    @Test
    void passwordsAreTheOneWayToSignIn() {
        Map<String, Object> answer =
                from("192.168.1.10").get("/auth/providers").jsonPath().getMap("$");

        assertThat(answer)
                .isEqualTo(JsonPath.from("{\"providers\":[{\"name\":\"Home Assistant Local\",\"id\":null,"
                                + "\"type\":\"homeassistant\"}],\"preselect_remember_me\":true}")
                        .getMap("$"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "192.168.1.10, true",
        "::ffff:192.168.0.10, true",
        "169.254.3.4, true",
        "fd12:3456::1, true",
        "1.2.3.4, false",
        "2001:db8::1, false",
        "172.32.0.1, false",
        "'192.168.1.10, 1.2.3.4', false"
    })
    void stayingSignedInIsProposedAtHomeOnly(String address, boolean proposed) {
        from(address).get("/auth/providers").then().statusCode(200).body("preselect_remember_me", equalTo(proposed));
    }

    @Test
    void noTokenIsNeededAndABadOneIsNotRead() {
        given().header("Authorization", "Bearer nonsense")
                .get("/auth/providers")
                .then()
                .statusCode(200);
    }
}
