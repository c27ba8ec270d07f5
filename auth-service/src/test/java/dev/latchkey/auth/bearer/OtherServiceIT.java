package dev.latchkey.auth.bearer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.platform.bearer.BearerAuthority;
import dev.latchkey.platform.bearer.BearerVerdict;
import dev.latchkey.platform.bearer.CurrentToken;
import dev.latchkey.platform.bearer.GrantCheck;
import dev.latchkey.platform.bearer.GrantStatus;
import dev.latchkey.platform.bearer.VerifiedTokens;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessTokenVerifier;
import dev.latchkey.testing.AdjustableClock;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every other service answers the bearers of our tokens as we do, though all it has is the published keys: here this service
 * plays another one, and asks itself for them.
 */
@AuthServiceTest
@TestProfile(OtherServiceIT.AnotherService.class)
class OtherServiceIT {

    /** Starts the service with the authority of the others. */
    public static class AnotherService implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(TheirAuthority.class);
        }
    }

    /** Judges as a test wants. */
    @Alternative
    @ApplicationScoped
    static class TheirAuthority implements BearerAuthority {

        private volatile BearerAuthority delegate;

        void set(BearerAuthority authority) {
            delegate = authority;
        }

        @Override
        public CompletionStage<BearerVerdict> judge(String compact, ClientAddress client) {
            return delegate.judge(compact, client);
        }
    }

    /** Endpoints as other services have them. */
    @Path("/test-of-other-services")
    static class TheirResource {

        @Inject
        SecurityIdentity identity;

        @GET
        @Path("grant")
        @Authenticated
        public String grant() {
            return CurrentToken.of(identity).grantId();
        }

        @GET
        @Path("administration")
        @RolesAllowed("system-admin")
        public String administration() {
            return identity.getPrincipal().getName();
        }
    }

    @Inject
    People people;

    @Inject
    TheirAuthority authority;

    @Inject
    AdjustableClock clock;

    @BeforeEach
    void everyGrantStands() {
        authority.set(with((token, compact) -> CompletableFuture.completedFuture(GrantStatus.LIVE)));
    }

    @AfterEach
    void presentTime() {
        clock.reset();
    }

    @Test
    void theHolderOfAnAccessTokenIsServed() {
        String token = people.signIn(people.someone()).accessToken();

        for (int i = 0; i < 3; i++) {
            assertThat(get("grant", token).statusCode()).isEqualTo(200);
        }
        assertThat(get("grant", token).asString()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer a.b.c", "Bearer  x", "Basic eDp4", "Bearer", "Bearer e30.e30.e30"})
    void whatIsNoTokenIsRefusedAsWeDo(String authorization) {
        assertUnauthorized(given().header("Authorization", authorization).get("/test-of-other-services/grant"));
        assertUnauthorized(
                given().header("Authorization", authorization).get("/test-of-other-services/administration"));
    }

    @Test
    void whoPresentsNothingIsToldWhereToSignIn() {
        assertUnauthorized(given().get("/test-of-other-services/grant"));
        assertUnauthorized(given().get("/test-of-other-services/administration"));
    }

    @Test
    void whoLacksTheRightIsToldSoAndNotToSignInAgain() {
        Response refused = get(
                "administration", people.signIn(people.someone("system-users")).accessToken());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.asString()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(refused.header("WWW-Authenticate")).isNull();
        Person administrator = people.someone("system-admin");
        assertThat(get("administration", people.signIn(administrator).accessToken())
                        .asString())
                .isEqualTo(administrator.id());
    }

    @Test
    void aTokenPastItsTimeIsRefused() {
        clock.stop();
        String token = people.signIn(people.someone()).accessToken();
        assertThat(get("grant", token).statusCode()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(1_811));

        assertUnauthorized(get("grant", token));
    }

    @Test
    void aRevokedGrantIsRefused() {
        String token = people.signIn(people.someone()).accessToken();
        get("grant", token).then().statusCode(200);

        authority.set(with((known, compact) -> CompletableFuture.completedFuture(GrantStatus.REVOKED)));

        assertUnauthorized(get("grant", token));
    }

    @Test
    void anAnswerThatTakesTimeIsWaitedFor() {
        String token = people.signIn(people.someone()).accessToken();
        authority.set(with((known, compact) -> CompletableFuture.supplyAsync(
                () -> compact.equals(token) ? GrantStatus.LIVE : GrantStatus.REVOKED,
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))));

        assertThat(get("grant", token).statusCode()).isEqualTo(200);
    }

    @Test
    void aCheckThatFailsServesNobody() {
        String token = people.signIn(people.someone()).accessToken();
        authority.set(with((known, compact) -> CompletableFuture.failedFuture(new IllegalStateException("broken"))));

        Response answer = get("grant", token);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"Internal server error\"}");
    }

    private BearerAuthority with(GrantCheck grants) {
        URI ourselves = ConfigProvider.getConfig().getValue("test.url", URI.class);
        return new VerifiedTokens(
                AccessTokenVerifier.of("https://example.com", ourselves, 100, clock),
                grants,
                (token, client) -> Optional.of(token.groups()));
    }

    private static Response get(String path, String token) {
        return given().header("Authorization", "Bearer " + token).get("/test-of-other-services/" + path);
    }

    private static void assertUnauthorized(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.headers().getValues("WWW-Authenticate"))
                .containsExactly(
                        "Bearer resource_metadata=\"https://example.com/.well-known/oauth-protected-resource\"");
    }
}
