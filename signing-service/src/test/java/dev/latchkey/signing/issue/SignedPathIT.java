package dev.latchkey.signing.issue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.user.ContentUser;
import dev.latchkey.signing.AuthStandIn;
import dev.latchkey.signing.SigningServiceTest;
import dev.latchkey.testing.RawHttp;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SigningServiceTest
class SignedPathIT {

    private static final String SERVICE_CREDENTIAL = "the-service-credential-of-the-tests";

    AuthStandIn auth;

    private static ValidatableResponse post(String token, String body) {
        return given().header("Authorization", "Bearer " + token)
                .body(body)
                .post("/api/signed_paths")
                .then();
    }

    private String token() {
        return auth.token("ada", Secrets.randomId(), "system-users");
    }

    private static String claims(String link) {
        String claims = link.split("authSig=")[1].split("\\.")[1];
        return new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
    }

    @Test
    void aLinkActsAsWhoeverAsksForIt() {
        String grant = Secrets.randomId();
        String link = post(auth.token("ada", grant), "{\"path\":\"/files/hello.txt\"}")
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .body("size()", equalTo(1))
                .extract()
                .path("path");

        assertThat(link).startsWith("/files/hello.txt?authSig=");
        assertThat(claims(link))
                .startsWith("{\"iss\":\"" + grant + "\",\"sub\":\"ada\",\"path\":\"/files/hello.txt\",\"params\":[],");
    }

    @Test
    void theServiceCredentialAloneSignsAsTheContentUser() {
        String link = post(SERVICE_CREDENTIAL, "{\"path\":\"/a\",\"expires\":3600}")
                .statusCode(200)
                .extract()
                .path("path");

        assertThat(claims(link))
                .startsWith("{\"iss\":\"" + ContentUser.GRANT_ID + "\",\"sub\":\"" + ContentUser.ID + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":\"/a\",\"expires\":0}",
                "{\"path\":\"/a\",\"expires\":-1}",
                "{\"path\":\"/a\",\"expires\":3601}",
                "{\"path\":\"/a\",\"expires\":1000000000000}",
                "{\"path\":\"/a\",\"expires\":\"20\"}",
                "{\"path\":\"/a\",\"expires\":30.5}",
                "{\"path\":\"/a\",\"expires\":null}",
                "{\"path\":\"/a\",\"extra\":1}",
                "{\"path\":5}",
                "{\"path\":null}",
                "{\"path\":\"\"}",
                "{\"path\":\"https://evil.example/\"}",
                "{\"path\":\"/auth/token\"}",
                "{\"path\":\"/a\",\"path\":\"/b\"}",
                "{}",
                "[]",
                "",
                "not json"
            })
    void badInputIsAnError(String body) {
        post(token(), body).statusCode(400).contentType("application/json").body("message", startsWith(""));
    }

    @Test
    void theErrorSaysWhatIsWrong() {
        post(token(), "{}")
                .body("message", equalTo("Message format incorrect: required key not provided @ data['path']"));
        post(token(), "{\"path\":\"/a\",\"expires\":3601}").body("code", equalTo("invalid_expires"));
        post(token(), "{\"path\":\"/q/health\"}").body("code", equalTo("path_not_allowed"));
        post(token(), "{\"path\":\"//evil\"}").body("code", equalTo("invalid_path"));
    }

    @Test
    void theTypeOfTheBodyDoesNotMatter() {
        for (String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"}) {
            assertThat(RawHttp.post(
                                    "/api/signed_paths",
                                    "{\"path\":\"/a\"}",
                                    "Authorization: bearer " + token(),
                                    "Content-Type: " + type)
                            .status())
                    .as(type)
                    .isEqualTo(200);
        }
    }

    @Test
    void whoHasNoLiveTokenSignsNothing() {
        String link = post(token(), "{\"path\":\"/a\"}").extract().path("path");
        String expired = auth.token("ada", Secrets.randomId(), Instant.now().minusSeconds(1_811));
        for (String token : new String[] {"nonsense", expired, link.split("authSig=")[1], SERVICE_CREDENTIAL + "x"}) {
            post(token, "{\"path\":\"/a\"}")
                    .statusCode(401)
                    .header(
                            "WWW-Authenticate",
                            "Bearer resource_metadata=\"https://example.com/.well-known/oauth-protected-resource\"")
                    .body("message", equalTo("Unauthorized"));
        }
        given().body("{\"path\":\"/a\"}").post("/api/signed_paths").then().statusCode(401);
        given().body("{\"path\":\"/a\"}")
                .post(link.replace("/a?", "/api/signed_paths?"))
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + token(), "Bearer " + token())
                .body("{\"path\":\"/a\"}")
                .post("/api/signed_paths")
                .then()
                .statusCode(401);
    }

    @Test
    void otherMethodsAreNotAllowed() {
        given().get("/api/signed_paths").then().statusCode(405).header("Allow", "POST");
    }
}
