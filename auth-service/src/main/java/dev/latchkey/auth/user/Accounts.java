package dev.latchkey.auth.user;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future.State;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Answers who a user is from memory. A change made by this replica shows at once; one made by another shows within
 * {@link #USED_FOR}, because what is used is read again in the background, and what was not used for a while is read again
 * before it is. While the database is away, what is known stays known: taking access away works by revoking grants, which does
 * not depend on this.
 */
@ApplicationScoped
public class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);
    private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(2);
    private static final Duration USED_FOR = Duration.ofSeconds(5);
    private static final Duration FORGOTTEN_UNUSED_AFTER = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 100_000;

    private final UserRepository users;
    private final CredentialRepository credentials;
    private final LongSupplier nanoTime;
    private final AsyncLoadingCache<String, Known> byId;

    /**
     * What was read of a user.
     *
     * @param account nothing when there is none
     * @param readAt when reading began, of the time source; while the database is away, when that was found out last
     */
    private record Known(Optional<Account> account, long readAt) {}

    @Inject
    Accounts(UserRepository users, CredentialRepository credentials, @VirtualThreads ExecutorService virtualThreads) {
        this(users, credentials, virtualThreads, System::nanoTime);
    }

    /** @param nanoTime {@link System#nanoTime()} outside tests */
    Accounts(
            UserRepository users,
            CredentialRepository credentials,
            ExecutorService virtualThreads,
            LongSupplier nanoTime) {
        this.users = users;
        this.credentials = credentials;
        this.nanoTime = nanoTime;
        this.byId = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterAccess(FORGOTTEN_UNUSED_AFTER)
                .refreshAfterWrite(READ_AGAIN_AFTER)
                .executor(virtualThreads)
                .ticker(nanoTime::getAsLong)
                .buildAsync(new FromDatabase());
    }

    private final class FromDatabase implements CacheLoader<String, Known> {

        @Override
        public Known load(String userId) {
            long began = nanoTime.getAsLong();
            return new Known(read(userId), began);
        }

        @Override
        public Known reload(String userId, Known known) {
            try {
                return load(userId);
            } catch (RuntimeException e) {
                LOG.debugf("User %s could not be read again: %s", userId, e.getMessage());
                return new Known(known.account(), nanoTime.getAsLong());
            }
        }
    }

    /** Returns the user of an id, or nothing when it is gone. Blocks on the database when the user is not in memory. */
    public Optional<Account> find(String userId) {
        Known known = byId.synchronous().get(userId);
        return (canBeUsed(known) ? known : byId.synchronous().refresh(userId).join()).account();
    }

    private boolean canBeUsed(Known known) {
        return nanoTime.getAsLong() - known.readAt() < USED_FOR.toNanos();
    }

    /** Returns the user of an id as the database has it now. */
    public Optional<Account> read(String userId) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> users.findByIdOptional(userId).map(UserEntity::toAccount));
    }

    /**
     * Returns the user of an id as the database has it now, and keeps it as it is until the caller's transaction ends: who
     * deactivates or deletes the user meanwhile waits, and then ends what the transaction granted too. Take this lock before
     * those on rows that go with the user.
     */
    @Transactional(TxType.MANDATORY)
    public Optional<Account> hold(String userId) {
        return users.findByIdOptional(userId, LockModeType.PESSIMISTIC_READ).map(UserEntity::toAccount);
    }

    /**
     * Holds the user of a credential that was verified, if that is still worth something.
     *
     * @return nothing when the user is gone or deactivated, or the credential deleted or its password changed since
     */
    @Transactional(TxType.MANDATORY)
    public Optional<Account> hold(VerifiedCredential verified) {
        return hold(verified.account().id())
                .filter(Account::active)
                .filter(account -> credentials.isStill(verified.credentialId(), verified.proof()));
    }

    /**
     * Lets no transaction {@link #hold(String)} the user until the caller's ends, once those that do have ended. Take this lock
     * before ending what others may grant under theirs. Does nothing when there is no such user.
     */
    @Transactional(TxType.MANDATORY)
    public void lock(String userId) {
        users.findByIdOptional(userId, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Returns the user of an id if it is in memory and may be used from there, else null. Never blocks. */
    public Account inMemory(String userId) {
        CompletableFuture<Known> present = byId.getIfPresent(userId);
        if (present == null || present.state() != State.SUCCESS) {
            return null;
        }
        Known known = present.resultNow();
        return canBeUsed(known) ? known.account().orElse(null) : null;
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged change) {
        byId.synchronous().invalidate(change.userId());
    }
}
