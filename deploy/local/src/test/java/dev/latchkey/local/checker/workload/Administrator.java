package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.time.Pause;
import dev.latchkey.local.client.Api;
import java.time.Duration;

/** The owner of the platform, who always has an access token that is good for a while. */
final class Administrator {
    private static final long FRESH_NANOS = Duration.ofMinutes(15).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Calls calls;
    private final Grants grants;
    private Grant grant;
    private long since;

    Administrator(Calls calls, Grants grants) {
        this.calls = calls;
        this.grants = grants;
    }

    /**
     * Signs in when the platform works, and waits for that.
     *
     * @throws IllegalStateException when it takes too long
     */
    synchronized void signIn() {
        var latest = System.nanoTime() + PATIENCE.toNanos();
        while (grant == null) {
            if (System.nanoTime() - latest > 0) {
                throw new IllegalStateException("The owner could not sign in.");
            }
            grant = grants.signIn(calls.of("auth").getFirst(), Api.USERNAME, Api.PASSWORD)
                    .orElse(null);
            Pause.of(AGAIN);
        }
        since = System.nanoTime();
    }

    /** Returns an access token. */
    synchronized String access() {
        if (System.nanoTime() - since > FRESH_NANOS) {
            for (var auth : calls.of("auth")) {
                grants.refresh(auth, grant).ifPresent(fresh -> {
                    grant = fresh;
                    since = System.nanoTime();
                });
            }
        }
        return grant.access();
    }
}
