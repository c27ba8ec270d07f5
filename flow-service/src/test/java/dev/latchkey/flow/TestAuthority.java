package dev.latchkey.flow;

import dev.latchkey.platform.bearer.BearerAuthority;
import dev.latchkey.platform.bearer.BearerVerdict;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Accepts the access tokens of the tests: {@link #ADMIN}, {@link #USER}, {@link #WORKER}. */
@Mock
@Singleton
public class TestAuthority implements BearerAuthority {

    /** Of an administrator. */
    public static final String ADMIN = "token-of-admin";

    /** Of somebody without rights of their own. */
    public static final String USER = "token-of-user";

    /** Of a program that works with the credentials of entries. */
    public static final String WORKER = "token-of-worker";

    private static final Map<String, String> GROUPS =
            Map.of(ADMIN, "system-admin", USER, "system-users", WORKER, "system-integrations");

    @Override
    public CompletionStage<BearerVerdict> judge(String compact, ClientAddress client) {
        String group = GROUPS.get(compact);
        if (group == null) {
            return CompletableFuture.completedFuture(new BearerVerdict.Refused());
        }
        String name = compact.substring("token-of-".length());
        AccessToken token = new AccessToken(
                "jti-" + name,
                "id-of-" + name,
                "grant-of-" + name,
                "https://app.example/",
                Set.of(group),
                Instant.now(),
                Instant.now().plusSeconds(1800));
        return CompletableFuture.completedFuture(new BearerVerdict.Accepted(token, Set.of(group)));
    }
}
