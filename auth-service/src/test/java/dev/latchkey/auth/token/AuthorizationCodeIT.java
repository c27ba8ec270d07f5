package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.from;
import static dev.latchkey.auth.Calls.redeem;
import static dev.latchkey.auth.Calls.refresh;
import static dev.latchkey.auth.Calls.token;
import static dev.latchkey.auth.People.CLIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.testing.AdjustableClock;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization code grant (decision A5; RFC 6749 section 4.1). */
@AuthServiceTest
class AuthorizationCodeIT {

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    RefreshTokenService refreshTokens;

    @Inject
    AdjustableClock clock;

    @AfterEach
    void presentTime() {
        clock.reset();
    }

    @Test
    void aCodeBuysAnAccessTokenAndARefreshToken() {
        redeem(people.code(people.someone()))
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(1800))
                .body("ha_auth_provider", equalTo("homeassistant"))
                .body("refresh_token", matchesPattern("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void aCodeHas256RandomBits() {
        assertThat(people.code(people.someone())).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void aCodeUsedAgainIsRefusedAndEndsWhatItGranted() {
        String code = people.code(people.someone());
        Tokens tokens = People.exchange(code, CLIENT_ID);

        assertInvalidCode(redeem(code));

        api(tokens.accessToken()).then().statusCode(401);
        refresh(tokens.refreshToken()).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void aCodeIsRedeemedOnceHoweverManyTryAtOnce() {
        Person person = people.someone();
        String code = people.code(person);

        List<Response> answers = atOnce(50, () -> redeem(code));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 400))
                .hasSize(49);
        assertThat(refreshTokens.list(person.id()))
                .as("the others used the code a second time, which ends what the first one got")
                .isEmpty();
    }

    @Test
    void aCodeIsGoodForLessThanTenMinutes() {
        clock.stop();
        String young = people.code(people.someone());
        clock.advance(Duration.ofSeconds(599));
        redeem(young).then().statusCode(200);

        String old = people.code(people.someone());
        clock.advance(Duration.ofMinutes(10));
        assertInvalidCode(redeem(old));
    }

    @Test
    void aMissingOrUnknownCodeIsRefused() {
        assertInvalidCode(token(Map.of("grant_type", "authorization_code", "client_id", CLIENT_ID)));
        assertInvalidCode(redeem("nope"));
        assertInvalidCode(redeem("é"));
    }

    @Test
    void neitherARefreshTokenNorAnAccessTokenIsACode() {
        Tokens tokens = people.signIn(people.someone());

        assertInvalidCode(redeem(tokens.refreshToken()));
        assertInvalidCode(redeem(tokens.accessToken()));
    }

    @Test
    void theClientIsAskedForBeforeTheCode() {
        assertInvalidClient(token(Map.of("grant_type", "authorization_code", "code", "nope")));
        assertInvalidClient(redeem("nope", "nope"));
        assertInvalidClient(redeem("nope", "ftp://app.example/"));
    }

    @Test
    void aCodeIsBoundToTheClientIdAsItWasWritten() {
        String code = people.code(people.someone());

        assertInvalidCode(redeem(code, "https://app.example"));
        assertInvalidCode(redeem(code, "https://APP.example/"));
        assertInvalidCode(redeem(code, "https://other.example/"));
        redeem(code, CLIENT_ID).then().statusCode(200);
    }

    @Test
    void aCodeIsBoundToTheRedirectUriWhenTheRequestSendsOne() {
        String code = people.code(people.someone());
        token(withRedirectUri(code, "https://app.example/other"))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
        assertInvalidCode(token(withRedirectUri(code, People.REDIRECT_URI)));

        token(withRedirectUri(people.code(people.someone()), People.REDIRECT_URI))
                .then()
                .statusCode(200);
    }

    @Test
    void aParameterWithoutAValueIsTakenAsLeftOut() {
        Map<String, String> form = withRedirectUri(people.code(people.someone()), "");
        form.put("code_verifier", "");

        token(form).then().statusCode(200);
    }

    @Test
    void whoIsServedOnlyLocallyGetsNoTokensElsewhereAndTheCodeIsSpent() {
        String code = people.code(people.someoneLocal());

        assertDenied(token(from("8.8.8.8"), redemption(code)), "User cannot authenticate remotely");
        assertInvalidCode(token(from("192.168.1.5"), redemption(code)));

        token(from("192.168.1.5"), redemption(people.code(people.someoneLocal())))
                .then()
                .statusCode(200);
    }

    @Test
    void whoWasDeactivatedMeanwhileGetsNoTokensAndTheCodeIsSpent() {
        Person person = people.someone();
        String code = people.code(person);
        users.update(person.id(), new UserChange(null, false, null, null));

        assertDenied(redeem(code), "User is not active");
        users.update(person.id(), new UserChange(null, true, null, null));
        assertInvalidCode(redeem(code));
    }

    @Test
    void whoWasDeletedMeanwhileGetsNoTokens() {
        Person person = people.someone();
        String code = people.code(person);
        users.delete(person.id());

        assertInvalidCode(redeem(code));
    }

    @Test
    void aCodeForLinkingAnAccountBuysNoTokens() {
        Person person = people.someone();
        String flowId = People.startFlow(People.with(People.loginFlow(), "type", "link_user"))
                .path("flow_id");
        String code = People.submit(flowId, CLIENT_ID, person.username(), person.password())
                .path("result");

        assertThat(code).isNotEmpty();
        assertInvalidCode(redeem(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nonsense", "Basic dTpw", "nonsense"})
    void anAuthorizationHeaderChangesNothing(String authorization) {
        token(from().header("Authorization", authorization), redemption(people.code(people.someone())))
                .then()
                .statusCode(200);
    }

    static Map<String, String> redemption(String code) {
        return new HashMap<>(Map.of("grant_type", "authorization_code", "code", code, "client_id", CLIENT_ID));
    }

    private static Map<String, String> withRedirectUri(String code, String redirectUri) {
        Map<String, String> form = redemption(code);
        form.put("redirect_uri", redirectUri);
        return form;
    }

    static void assertInvalidCode(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"Invalid code\"}");
        answer.then().header("Pragma", nullValue());
    }

    private static void assertInvalidClient(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"Invalid client id\"}");
    }

    private static void assertDenied(Response answer, String reason) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString())
                .isEqualTo("{\"error\":\"access_denied\",\"error_description\":\"" + reason + "\"}");
    }
}
