package dev.latchkey.auth.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.auth.DatabaseOutage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers who a user is from memory. A change made by this replica shows at once, one made by another within seconds. While the
 * database is away, and nobody can change a user there, what was read shortly before is good enough, so that a restart of the
 * database is not an outage of everything behind us.
 */
@ApplicationScoped
public class Accounts {

    private static final long LONGEST_STALE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_WITHOUT_DATABASE_NANOS =
            Duration.ofSeconds(20).toNanos();

    private final UserRepository users;
    private final Cache<String, Known> byId;

    Accounts(UserRepository users) {
        this.users = users;
        byId = Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterWrite(Duration.ofNanos(LONGEST_WITHOUT_DATABASE_NANOS))
                .build();
    }

    /** Returns the user of an id, or nothing when it is gone. Blocks on the database when the user is not in memory. */
    public Optional<Account> find(String userId) {
        Known known = byId.getIfPresent(userId);
        if (known == null || !known.isFresh()) {
            known = byId.asMap().compute(userId, this::readAgain);
        }
        return known.account();
    }

    /** Returns the user of an id as the database has it now. */
    public Optional<Account> read(String userId) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> users.findByIdOptional(userId).map(UserEntity::toAccount));
    }

    /** Returns the user of an id if it is in memory, else null. Never blocks. */
    public Account inMemory(String userId) {
        Known known = byId.getIfPresent(userId);
        return known == null || !known.isFresh() ? null : known.account().orElse(null);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged change) {
        byId.invalidate(change.userId());
    }

    private Known readAgain(String userId, Known before) {
        if (before != null && before.isFresh()) {
            return before;
        }
        try {
            return new Known(read(userId), System.nanoTime());
        } catch (RuntimeException e) {
            // By age, not by the cache's expiry: keeping an entry counts as writing it.
            if (before != null && before.age() < LONGEST_WITHOUT_DATABASE_NANOS && DatabaseOutage.isBehind(e)) {
                return before;
            }
            throw e;
        }
    }

    private record Known(Optional<Account> account, long readNanos) {

        boolean isFresh() {
            return age() < LONGEST_STALE_NANOS;
        }

        long age() {
            return System.nanoTime() - readNanos;
        }
    }
}
