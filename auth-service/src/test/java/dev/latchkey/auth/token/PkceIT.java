package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.token;
import static dev.latchkey.auth.People.CLIENT_ID;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proof key for code exchange over HTTP (decision A4; RFC 7636, whose appendix B has these two strings). */
@AuthServiceTest
class PkceIT {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Inject
    People people;

    @Test
    void whoKnowsTheVerifierGetsTokens() {
        redeem(challengedCode(), VERIFIER).then().statusCode(200);
    }

    @Test
    void aChallengeWithoutAVerifierIsAnInvalidRequestAndTheCodeIsSpent() {
        String code = challengedCode();

        Calls.redeem(code).then().statusCode(400).body("error", equalTo("invalid_request"));
        redeem(code, VERIFIER).then().statusCode(400).body("error_description", equalTo("Invalid code"));
    }

    @Test
    void aWrongVerifierIsAnInvalidGrantAndTheCodeIsSpent() {
        String code = challengedCode();

        redeem(code, VERIFIER.replace('d', 'e')).then().statusCode(400).body("error", equalTo("invalid_grant"));
        redeem(code, VERIFIER).then().statusCode(400).body("error_description", equalTo("Invalid code"));
    }

    @Test
    void theChallengeItselfIsNoVerifier() {
        redeem(challengedCode(), CHALLENGE).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void aVerifierWithoutAChallengeIsAnInvalidGrant() {
        redeem(people.code(people.someone()), VERIFIER).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @ParameterizedTest
    @CsvSource({
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, plain",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, s256",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, ''",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c, S256",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM, S256",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM, S256",
        "'', S256"
    })
    void onlyTheDigestOfS256IsAChallenge(String challenge, String method) {
        Map<String, Object> flow = People.with(People.loginFlow(), "code_challenge", challenge);
        People.startFlow(People.with(flow, "code_challenge_method", method))
                .then()
                .statusCode(400);
    }

    @Test
    void aChallengeWithoutAMethodOrAMethodWithoutAChallengeIsRefused() {
        People.startFlow(People.with(People.loginFlow(), "code_challenge", CHALLENGE))
                .then()
                .statusCode(400);
        People.startFlow(People.with(People.loginFlow(), "code_challenge_method", "S256"))
                .then()
                .statusCode(400);
    }

    private String challengedCode() {
        Person person = people.someone();
        Map<String, Object> flow = People.with(People.loginFlow(), "code_challenge", CHALLENGE);
        String flowId = People.startFlow(People.with(flow, "code_challenge_method", "S256"))
                .then()
                .statusCode(200)
                .extract()
                .path("flow_id");
        return People.submit(flowId, CLIENT_ID, person.username(), person.password())
                .path("result");
    }

    private static Response redeem(String code, String verifier) {
        Map<String, String> form = AuthorizationCodeIT.redemption(code);
        form.put("code_verifier", verifier);
        return token(form);
    }
}
