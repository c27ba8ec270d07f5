package dev.latchkey.auth.user;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Optional;

/** Answers who a user is from memory. A change made by this replica shows at once, one made by another within seconds. */
@ApplicationScoped
public class Accounts {

    private static final Duration LONGEST_STALE = Duration.ofSeconds(2);

    private final UserRepository users;
    private final LoadingCache<String, Optional<Account>> byId;

    Accounts(UserRepository users) {
        this.users = users;
        byId = Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterWrite(LONGEST_STALE)
                .build(this::read);
    }

    /** Returns the user of an id, or nothing when it is gone. Blocks on the database when the user is not in memory. */
    public Optional<Account> find(String userId) {
        return byId.get(userId);
    }

    /** Returns the user of an id as the database has it now. */
    public Optional<Account> read(String userId) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> users.findByIdOptional(userId).map(UserEntity::toAccount));
    }

    /** Returns the user of an id if it is in memory, else null. Never blocks. */
    public Account inMemory(String userId) {
        Optional<Account> known = byId.getIfPresent(userId);
        return known == null ? null : known.orElse(null);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged change) {
        byId.invalidate(change.userId());
    }
}
