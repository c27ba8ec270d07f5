package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the pages say where nobody can sign in yet, and where too many want to. */
@AuthServiceTest
@TestProfile(FirstRunAuthorizeIT.Tiny.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstRunAuthorizeIT {

    /** A new installation that hashes one password at a time. */
    public static class Tiny implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("latchkey.auth.password-hashers", "1", "latchkey.auth.password-queue", "1");
        }
    }

    @Inject
    People people;

    @Test
    @Order(1)
    void withoutAnOwnerThePageTellsHowToMakeOne() {
        AuthorizeFlow flow = new AuthorizeFlow().open();

        assertThat(flow.status()).isEqualTo(409);
        assertThat(flow.cookies()).isEmpty();
        assertThat(flow.page().select("form")).isEmpty();
        assertThat(flow.text())
                .contains("Nobody can sign in yet")
                .contains("https://example.com/api/onboarding/users")
                .contains("{\"name\": \"Ada\"")
                .contains("LATCHKEY_OWNER_USERNAME");
    }

    @Test
    @Order(2)
    void anAppIsVerifiedBeforeThatIsTold() {
        assertThat(new AuthorizeFlow()
                        .get("client_id", "app", "redirect_uri", "app")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Order(3)
    void whenTooManySignInTheyAreToldToComeBackAndCan() throws Exception {
        people.owner();
        List<AuthorizeFlow> flows =
                Stream.generate(() -> new AuthorizeFlow().open()).limit(12).toList();
        try (ExecutorService browsers = Executors.newFixedThreadPool(flows.size())) {
            List<Future<AuthorizeFlow>> attempts = flows.stream()
                    .map(flow -> browsers.submit(() -> flow.signIn(People.OWNER, People.OWNER_PASSWORD)))
                    .toList();
            for (Future<AuthorizeFlow> attempt : attempts) {
                attempt.get();
            }
        }
        AuthorizeFlow turnedAway =
                flows.stream().filter(flow -> flow.status() == 503).findFirst().orElseThrow();

        assertThat(turnedAway.response().header("Retry-After")).isEqualTo("1");
        assertThat(turnedAway.page().select("[role=alert]").text()).contains("Too many people");
        assertThat(turnedAway.page().select("[aria-invalid]")).isEmpty();
        assertThat(turnedAway.signIn(People.OWNER, People.OWNER_PASSWORD).status())
                .isEqualTo(200);
    }
}
