package dev.latchkey.auth.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.platform.bearer.GrantCheck;
import dev.latchkey.platform.bearer.GrantStatus;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A service that is put together as the others are, and cannot reach auth-service for its keys. */
@AuthServiceTest
@TestProfile(WithoutKeysIT.CutOffService.class)
class WithoutKeysIT {

    /** Starts the service without what makes it auth-service. */
    public static class CutOffService implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types",
                    OwnTokens.class.getName(),
                    "latchkey.services.auth-url",
                    "http://127.0.0.1:1");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(EveryGrantStands.class);
        }
    }

    /** Stands in for the view of revocations, which is not asked about tokens nobody could verify. */
    @Alternative
    @Singleton
    static class EveryGrantStands implements GrantCheck {

        @Override
        public CompletionStage<GrantStatus> statusOf(AccessToken token, String compact) {
            return CompletableFuture.completedFuture(GrantStatus.LIVE);
        }
    }

    @Inject
    People people;

    @Test
    void aCallerIsAskedToComeBackAndNotToSignInAgain() {
        Response answer = Calls.api(people.signIn(people.someone()).accessToken());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.<String>path("message")).contains("Try again");
    }

    @Test
    void whatIsNoTokenIsRefusedAllTheSame() {
        assertThat(Calls.api("x").statusCode()).isEqualTo(401);
        assertThat(Calls.api("a.b.c").statusCode()).isEqualTo(401);
    }
}
