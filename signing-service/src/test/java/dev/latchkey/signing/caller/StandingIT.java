package dev.latchkey.signing.caller;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.user.KnownUser;
import dev.latchkey.signing.AuthStandIn;
import dev.latchkey.signing.SigningServiceTest;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A decision follows what is true of the grant and the user at its moment. */
@SigningServiceTest
class StandingIT {

    private static final String SECRET = "X-Latchkey-Gateway: the-gateway-secret-of-the-tests-00";
    private static final Duration SOON = Duration.ofSeconds(15);

    AuthStandIn auth;

    private final String grant = Secrets.randomId();
    private final String user = Secrets.randomId();

    @BeforeEach
    void everythingIsKnown() {
        String token = auth.token(user, Secrets.randomId());
        await().atMost(SOON).until(() -> byToken(token).status() == 200);
    }

    @AfterEach
    void backToNormal() {
        auth.away(false);
        auth.silent(false);
    }

    private String link() {
        return given().header("Authorization", "Bearer " + auth.token(user, grant))
                .body("{\"path\":\"/files/a\"}")
                .post("/api/signed_paths")
                .then()
                .statusCode(200)
                .extract()
                .path("path");
    }

    private static Answer byToken(String token, String... more) {
        return ask("auth-request", "X-Original-", "URI", "/files/a", more, "Authorization: Bearer " + token);
    }

    private static Answer byLink(String link, String... more) {
        return ask("auth-request", "X-Original-", "URI", link, more, "X-None: 1");
    }

    private static Answer ask(
            String dialect, String prefix, String uri, String target, String[] more, String credential) {
        List<String> headers = new java.util.ArrayList<>(
                List.of(SECRET, prefix + "Method: GET", prefix + uri + ": " + target, credential));
        headers.addAll(List.of(more));
        return RawHttp.send("GET", "/authz/" + dialect, headers.toArray(String[]::new));
    }

    private void is(boolean active, boolean localOnly, String name, String... groups) {
        auth.user(new KnownUser(user, name, Set.of(groups), active, localOnly));
    }

    @Test
    void theServiceLearnsWhoTheUserIsNow() {
        is(true, false, "Ad\u00e4 L", "system-users", "system-admin");
        String token = auth.token(user, grant, "system-read-only");
        await().atMost(SOON).untilAsserted(() -> {
            Answer answer = byToken(token);
            assertThat(answer.header("X-Auth-User-Id")).isEqualTo(user);
            assertThat(answer.header("X-Auth-User-Name")).isEqualTo("Ad%C3%A4 L");
            assertThat(answer.header("X-Auth-Groups")).isEqualTo("system-admin,system-users");
            assertThat(answer.header("X-Auth-Client-Id")).isEqualTo("https://app.example/");
            assertThat(answer.header("X-Auth-Token-Id")).isEqualTo(grant);
            assertThat(answer.header("X-Auth-Method")).isEqualTo("bearer");
        });
        Answer answer = byLink(link());
        assertThat(answer.header("X-Auth-User-Name")).isEqualTo("Ad%C3%A4 L");
        assertThat(answer.header("X-Auth-Groups")).isEqualTo("system-admin,system-users");
        assertThat(answer.header("X-Auth-Client-Id")).isEqualTo("-");
        assertThat(answer.header("X-Auth-Token-Id")).isEqualTo(grant);
        assertThat(answer.header("X-Auth-Method")).isEqualTo("signed_path");
    }

    @Test
    void aUserWhoWasJustMadeIsServedByTheWordOfTheToken() {
        Answer answer = byToken(auth.token(user, grant, "system-users"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Auth-User-Name")).isEqualTo("-");
        assertThat(answer.header("X-Auth-Groups")).isEqualTo("system-users");
    }

    @Test
    void theContentUserReadsWhatServicesSign() {
        String link = given().header("Authorization", "Bearer the-service-credential-of-the-tests")
                .body("{\"path\":\"/files/a\"}")
                .post("/api/signed_paths")
                .then()
                .statusCode(200)
                .extract()
                .path("path");
        Answer answer = byLink(link);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Auth-User-Name")).isEqualTo("Latchkey Content");
        assertThat(answer.header("X-Auth-Groups")).isEqualTo("system-read-only");
    }

    @Test
    void aRevocationEndsTokensAndLinks() {
        String token = auth.token(user, grant);
        String link = link();
        String others = auth.token(user, Secrets.randomId());
        assertThat(byToken(token).status()).isEqualTo(200);
        assertThat(byLink(link).status()).isEqualTo(200);

        auth.revoke(grant);

        await().atMost(SOON).until(() -> byToken(token).status() == 401);
        assertThat(byLink(link).status()).isEqualTo(401);
        given().header("Authorization", "Bearer " + token)
                .body("{\"path\":\"/files/a\"}")
                .post("/api/signed_paths")
                .then()
                .statusCode(401);
        assertThat(byToken(others).status()).as("another grant of the user").isEqualTo(200);
    }

    @Test
    void aUserWhoIsDeactivatedIsNotServed() {
        String token = auth.token(user, grant);
        String link = link();
        is(false, false, "Ada");

        await().atMost(SOON).until(() -> byToken(token).status() == 401);
        assertThat(byLink(link).status()).isEqualTo(401);

        is(true, false, "Ada");
        await().atMost(SOON).until(() -> byToken(token).status() == 200);
    }

    @Test
    void aUserForTheLocalNetworkIsServedThereAlone() {
        String token = auth.token(user, grant);
        String link = link();
        is(true, true, "Ada");

        String remote = "X-Forwarded-For: 203.0.113.9";
        String local = "X-Forwarded-For: 192.168.1.7";
        await().atMost(SOON).until(() -> byToken(token, remote).status() == 401);
        assertThat(byLink(link, remote).status()).isEqualTo(401);
        assertThat(byToken(token, local).status()).isEqualTo(200);
        assertThat(byLink(link, local).status()).isEqualTo(200);
    }

    @Test
    void whenNothingIsHeardAuthServiceIsAskedAndWhenItIsAwayNobodyPasses() {
        String token = auth.token(user, grant);
        String link = link();
        String revoked = Secrets.randomId();
        String revokedToken = auth.token(user, revoked);
        assertThat(byToken(revokedToken).status()).isEqualTo(200);

        auth.silent(true);
        auth.revokeInSilence(revoked);
        await().atMost(SOON).until(() -> byToken(revokedToken).status() == 401);
        assertThat(byToken(token).status()).isEqualTo(200);
        assertThat(byLink(link).status()).isEqualTo(200);

        auth.away(true);
        await().atMost(SOON).until(() -> byToken(token).status() == 403);
        Answer nginx = byLink(link);
        assertThat(nginx.status()).isEqualTo(403);
        assertThat(nginx.header("X-Latchkey-Reason")).isEqualTo("unavailable");
        Answer traefik = ask("forward-auth", "X-Forwarded-", "Uri", link, new String[0], "X-None: 1");
        assertThat(traefik.status()).isEqualTo(503);
        assertThat(traefik.header("Retry-After")).isEqualTo("1");
        given().header("Authorization", "Bearer " + token)
                .body("{\"path\":\"/files/a\"}")
                .post("/api/signed_paths")
                .then()
                .statusCode(503);

        auth.away(false);
        auth.silent(false);
        await().atMost(SOON).until(() -> byToken(token).status() == 200);
    }

    @Test
    void aTokenFallsWithItsTime() {
        assertThat(byToken(auth.token(user, grant, Instant.now().minusSeconds(1_700)))
                        .status())
                .isEqualTo(200);
        assertThat(byToken(auth.token(user, grant, Instant.now().minusSeconds(1_811)))
                        .status())
                .isEqualTo(401);
        assertThat(byToken(auth.token(user, grant, Instant.now().plusSeconds(60)))
                        .status())
                .isEqualTo(401);
    }
}
