package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.SERVICES_SECRET;
import static dev.latchkey.auth.Calls.introspect;
import static dev.latchkey.auth.Calls.revoke;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.platform.user.ContentUser;
import dev.latchkey.testing.AdjustableClock;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token is worth, for services (decision R4; RFC 7662). */
@AuthServiceTest
class IntrospectionIT {

    @Inject
    People people;

    @Inject
    AdjustableClock clock;

    @AfterEach
    void presentTime() {
        clock.reset();
    }

    @Test
    void aServiceLearnsWhatAnAccessTokenIsWorth() {
        Person person = people.someone("system-users", "system-read-only");
        Tokens tokens = people.signIn(person);

        introspect(tokens.accessToken())
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("active", equalTo(true))
                .body("iss", equalTo("https://example.com"))
                .body("sub", equalTo(person.id()))
                .body("client_id", equalTo(People.CLIENT_ID))
                .body("token_type", equalTo("Bearer"))
                .body("groups", equalTo(List.of("system-read-only", "system-users")));
    }

    @Test
    void anAccessTokenAndItsRefreshTokenNameTheSameGrant() {
        Tokens tokens = people.signIn(people.someone());

        introspect(tokens.refreshToken())
                .then()
                .body("active", equalTo(true))
                .body("token_type", equalTo("refresh_token"))
                .body("sid", equalTo(introspect(tokens.accessToken()).path("sid")));
    }

    @Test
    void aGrantOfWhichOnlyTheIdIsKnownCanBeAskedAbout() {
        Tokens tokens = people.signIn(people.someone());
        String grant = introspect(tokens.accessToken()).path("sid");

        askAboutGrant(SERVICES_SECRET, grant)
                .then()
                .statusCode(200)
                .body("active", equalTo(true))
                .body("sid", equalTo(grant));
        askAboutGrant(SERVICES_SECRET, tokens.accessToken()).then().body("active", equalTo(false));
        askAboutGrant(tokens.accessToken(), grant).then().statusCode(401);
        introspect(grant).then().body("active", equalTo(false));

        given().formParam("token", tokens.refreshToken()).post("/auth/revoke");
        askAboutGrant(SERVICES_SECRET, grant).then().body("active", equalTo(false));
    }

    @Test
    void theGrantOfTheContentUserStands() {
        askAboutGrant(SERVICES_SECRET, ContentUser.GRANT_ID)
                .then()
                .body("active", equalTo(true))
                .body("sub", equalTo(ContentUser.ID))
                .body("username", equalTo(ContentUser.NAME))
                .body("groups", equalTo(ContentUser.GROUPS));
    }

    private static Response askAboutGrant(String credential, String grant) {
        return given().header("Authorization", "Bearer " + credential)
                .formParam("token", grant)
                .formParam("token_type_hint", "latchkey_grant_id")
                .post("/auth/introspect");
    }

    @Test
    void aWorkerInTheGroupOfIntegrationsMayAsk() {
        String worker = people.signIn(people.someone("system-integrations")).accessToken();

        introspect(worker, people.signIn(people.someone()).accessToken())
                .then()
                .statusCode(200)
                .body("active", equalTo(true));
    }

    @Test
    void nobodyElseMayAsk() {
        Tokens tokens = people.signIn(people.someone("system-users"));
        String owner = people.signIn(people.owner()).accessToken();

        for (String credential :
                List.of(tokens.accessToken(), owner, tokens.refreshToken(), "guess", SERVICES_SECRET + "x", "x")) {
            assertUnauthorized(introspect(credential, tokens.accessToken()));
        }
        assertUnauthorized(given().formParam("token", tokens.accessToken()).post("/auth/introspect"));
        assertUnauthorized(given().header("Authorization", "Basic " + SERVICES_SECRET)
                .formParam("token", tokens.accessToken())
                .post("/auth/introspect"));
    }

    @Test
    void whoMayNotAskLearnsNothingFromTheFormOfTheQuestion() {
        assertUnauthorized(given().post("/auth/introspect"));
        assertUnauthorized(given().contentType("application/json").body("{}").post("/auth/introspect"));
        assertUnauthorized(given().contentType("text/plain").body("token=x").post("/auth/introspect"));
    }

    @Test
    void aRevokedWorkerMayNotAskAnyMore() {
        Tokens worker = people.signIn(people.someone("system-integrations"));
        revoke(worker.refreshToken());

        assertUnauthorized(introspect(worker.accessToken(), "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guess", "a.b.c", "é", "\u0000", "....", "Bearer x"})
    void ofATokenThatIsNoneOnlyThatIsSaid(String token) {
        assertInactive(introspect(token));
    }

    @Test
    void ofARevokedOrExpiredTokenOnlyThatIsSaid() {
        Tokens revoked = people.signIn(people.someone());
        Tokens expired = people.signIn(people.someone());
        revoke(revoked.refreshToken());
        clock.advance(Duration.ofSeconds(1811));

        assertInactive(introspect(revoked.accessToken()));
        assertInactive(introspect(revoked.refreshToken()));
        assertInactive(introspect(expired.accessToken()));
        introspect(expired.refreshToken()).then().body("active", equalTo(true));
    }

    @Test
    void aMissingOrRepeatedTokenIsWorthNothing() {
        String accessToken = people.signIn(people.someone()).accessToken();

        assertInactive(given().header("Authorization", "Bearer " + SERVICES_SECRET)
                .contentType("application/x-www-form-urlencoded")
                .post("/auth/introspect"));
        assertInactive(given().header("Authorization", "Bearer " + SERVICES_SECRET)
                .formParam("token", accessToken, accessToken)
                .post("/auth/introspect"));
    }

    private static void assertInactive(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getMap("$").keySet()).isEqualTo(Set.of("active"));
        answer.then().body("active", equalTo(false));
    }

    private static void assertUnauthorized(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        answer.then()
                .body("message", equalTo("Unauthorized"))
                .header("WWW-Authenticate", startsWith("Bearer resource_metadata="));
    }
}
