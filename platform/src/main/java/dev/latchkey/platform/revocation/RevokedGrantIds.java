package dev.latchkey.platform.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of revoked grants, each as long as an access token of it could still be presented: about 130 bytes each, a look-up costs
 * the same however many there are. Thread-safe.
 */
final class RevokedGrantIds {

    private static final Duration FORGOTTEN_EVERY = Duration.ofMinutes(1);

    private final Map<String, Long> expirySecondById = new ConcurrentHashMap<>();
    private final int most;
    private final Clock clock;

    private volatile boolean tooMany;
    private Instant forgottenAt;

    /** @param most how many are remembered; further ones are not, and {@link #tooMany} says so */
    RevokedGrantIds(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
        this.forgottenAt = clock.instant();
    }

    boolean contains(String grantId) {
        return expirySecondById.containsKey(grantId);
    }

    int size() {
        return expirySecondById.size();
    }

    /** Tells whether there were too many to remember at any time since the start. */
    boolean tooMany() {
        return tooMany;
    }

    void add(Revocation revocation) {
        long now = clock.instant().getEpochSecond();
        revocation.expiryById().forEach((id, expiry) -> {
            if (expiry.getEpochSecond() < now) {
                return;
            }
            if (expirySecondById.size() >= most && !expirySecondById.containsKey(id)) {
                tooMany = true;
                return;
            }
            expirySecondById.put(id, expiry.getEpochSecond());
        });
    }

    /** Forgets once a minute what can no longer matter. Called by one thread. */
    void forgetExpired() {
        Instant now = clock.instant();
        if (Duration.between(forgottenAt, now).abs().compareTo(FORGOTTEN_EVERY) >= 0) {
            forgottenAt = now;
            expirySecondById.values().removeIf(expiry -> expiry < now.getEpochSecond());
        }
    }
}
