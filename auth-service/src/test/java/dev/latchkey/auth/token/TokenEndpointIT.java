package dev.latchkey.auth.token;

import static dev.latchkey.auth.People.CLIENT_ID;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@AuthServiceTest
class TokenEndpointIT {

    @Inject
    People people;

    @Test
    void aSignedInPersonGetsTokensThatWork() {
        Tokens tokens = people.signIn(people.someone("system-users"));

        given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/")
                .then()
                .statusCode(200)
                .body("message", equalTo("API running."));
        given().multiPart("grant_type", "refresh_token")
                .multiPart("refresh_token", tokens.refreshToken())
                .multiPart("client_id", CLIENT_ID)
                .post("/auth/token")
                .then()
                .statusCode(200)
                .body("refresh_token", equalTo(null))
                .body("expires_in", equalTo(1800));
        given().formParam("token", tokens.refreshToken())
                .post("/auth/revoke")
                .then()
                .statusCode(200);
        String challenge = given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/")
                .then()
                .statusCode(401)
                .body("message", equalTo("Unauthorized"))
                .extract()
                .header("WWW-Authenticate");
        assertThat(challenge).startsWith("Bearer resource_metadata=");
    }
}
