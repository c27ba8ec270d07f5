package dev.latchkey.flow;

import static io.restassured.RestAssured.given;

import dev.latchkey.platform.bearer.BearerAuthority;
import dev.latchkey.platform.bearer.BearerVerdict;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.test.Mock;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who calls in tests: a token for each group of users, so that no test needs an auth-service. */
@Mock
@Singleton
public class Bearers implements BearerAuthority {

    /** May do everything. */
    public static final String ADMIN = "token-of-admin";

    /** May do nothing that changes configuration. */
    public static final String USER = "token-of-user";

    /** May read credentials and report that they are refused. */
    public static final String WORKER = "token-of-worker";

    private static final Map<String, String> GROUPS =
            Map.of(ADMIN, "system-admin", USER, "system-users", WORKER, "system-integrations");

    @Override
    public CompletionStage<BearerVerdict> judge(String compact, ClientAddress client) {
        String group = GROUPS.get(compact);
        if (group == null) {
            return CompletableFuture.completedStage(new BearerVerdict.Refused());
        }
        Instant now = Instant.now();
        Set<String> groups = Set.of(group);
        AccessToken token = new AccessToken(
                "jti-" + group,
                "id-of-" + group,
                "grant-of-" + group,
                "https://app.example/",
                groups,
                now,
                now.plusSeconds(1800));
        return CompletableFuture.completedStage(new BearerVerdict.Accepted(token, groups));
    }

    /** Begins a request of an administrator. */
    public static RequestSpecification admin() {
        return as(ADMIN);
    }

    /** Begins a request of whoever holds a token. */
    public static RequestSpecification as(String token) {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8")))
                .header("Authorization", "Bearer " + token)
                .contentType("application/json");
    }
}
