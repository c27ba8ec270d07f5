package dev.latchkey.platform.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of revoked grants, each as long as an access token of it could still be presented: about 130 bytes each, a look-up costs
 * the same however many there are. One thread adds and forgets; any number look up.
 */
final class RevokedGrantIds {

    private static final Duration FORGOTTEN_EVERY = Duration.ofMinutes(1);

    /** Less than what ids are remembered beyond the end of their tokens, so that small corrections of the clock do not matter. */
    private static final long TOLERATED_SECONDS = 30;

    private final Map<String, Long> expirySecondById = new ConcurrentHashMap<>();
    private final int most;
    private final Clock clock;

    private volatile IdFilter filter = new IdFilter(0);
    private volatile boolean tooMany;

    /** The latest second at which something was not remembered because it had expired by the clock of that moment. */
    private volatile long leftOutAt = Long.MIN_VALUE;

    private Instant forgottenAt;

    /** @param most how many are remembered; further ones are not, and {@link #tooMany} says so */
    RevokedGrantIds(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
        this.forgottenAt = clock.instant();
    }

    boolean contains(String grantId) {
        return filter.mayContain(grantId) && expirySecondById.containsKey(grantId);
    }

    int size() {
        return expirySecondById.size();
    }

    /** Tells whether there were too many to remember at any time since the start. */
    boolean tooMany() {
        return tooMany;
    }

    /**
     * Tells whether what is not remembered does not matter by the clock as it is now. A clock that was ahead for a while, and was set
     * back, makes tokens valid again whose revocation was forgotten meanwhile.
     */
    boolean reliable() {
        return clock.instant().getEpochSecond() + TOLERATED_SECONDS >= leftOutAt;
    }

    /** Begins anew by the clock as it is now; to be told everything again. */
    void startOver() {
        leftOutAt = Long.MIN_VALUE;
    }

    void add(Revocation revocation) {
        long now = clock.instant().getEpochSecond();
        revocation.expiryById().forEach((id, expiry) -> {
            if (expiry.getEpochSecond() < now) {
                leaveOut(now);
                return;
            }
            if (expirySecondById.size() >= most && !expirySecondById.containsKey(id)) {
                tooMany = true;
                return;
            }
            expirySecondById.put(id, expiry.getEpochSecond());
            if (expirySecondById.size() > filter.room()) {
                renewFilter();
            } else {
                filter.add(id);
            }
        });
    }

    /** Forgets once a minute what can no longer matter. */
    void forgetExpired() {
        Instant now = clock.instant();
        if (Duration.between(forgottenAt, now).abs().compareTo(FORGOTTEN_EVERY) >= 0) {
            forgottenAt = now;
            // Before anything is: whoever looks in between must not rely on it.
            leaveOut(now.getEpochSecond());
            if (expirySecondById.values().removeIf(expiry -> expiry < now.getEpochSecond())) {
                renewFilter();
            }
        }
    }

    private void leaveOut(long now) {
        leftOutAt = Math.max(leftOutAt, now);
    }

    private void renewFilter() {
        IdFilter renewed = new IdFilter(2 * expirySecondById.size());
        expirySecondById.keySet().forEach(renewed::add);
        filter = renewed;
    }
}
