package dev.latchkey.auth.user;

import dev.latchkey.auth.AuthConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Hashes passwords with {@linkplain Argon2Hash Argon2id} on a bounded pool of its own, so that a crowd at the door costs neither the memory nor the threads of the rest.
 */
@ApplicationScoped
public class PasswordHasher {

    /** The longest password, in characters; longer ones are refused before they are hashed. */
    public static final int MAX_LENGTH = 128;

    /** The shortest password that can be set, in characters (ASVS 5.0 V6.2.1). */
    public static final int MIN_LENGTH = 8;

    /** One part in so many of the heap is for hashing. */
    private static final int HEAP_SHARE = 4;

    private static final Logger LOG = Logger.getLogger(PasswordHasher.class);

    private final int hashersAtOnce;
    private final ExecutorService pool;
    private final String hashOfNobody = Argon2Hash.of("nobody").toPhc();

    PasswordHasher(AuthConfig config, MeterRegistry metrics) {
        Runtime runtime = Runtime.getRuntime();
        hashersAtOnce = hashers(config.passwordHashers(), runtime.availableProcessors(), runtime.maxMemory());
        pool = ExecutorServiceMetrics.monitor(
                metrics,
                new ThreadPoolExecutor(
                        hashersAtOnce,
                        hashersAtOnce,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(config.passwordQueue()),
                        Thread.ofPlatform().name("password-hasher-", 0).daemon().factory()),
                "password-hasher");
    }

    /** At the start, so that a setting that does not fit stops it. */
    void prepare(@Observes StartupEvent start) {
        LOG.debugf("Passwords are hashed %d at a time", hashersAtOnce);
    }

    /**
     * Returns how many passwords are hashed at once: together they take a quarter of the heap at most, because a JVM that runs
     * out of it ends.
     *
     * @param wanted as configured; 0 for one per core, as far as they fit
     * @param cores of this machine
     * @param heapBytes the largest heap of this JVM
     * @throws IllegalStateException when more are wanted than fit
     */
    static int hashers(int wanted, int cores, long heapBytes) {
        int fitting = Math.clamp(heapBytes / HEAP_SHARE / Argon2Hash.BYTES, 1, Integer.MAX_VALUE);
        if (wanted > fitting) {
            throw new IllegalStateException("latchkey.auth.password-hashers is " + wanted + ", but a heap of "
                    + (heapBytes >> 20) + " MiB has room for " + fitting
                    + " at once: lower it, or give the service a larger heap (-Xmx).");
        }
        return wanted > 0 ? wanted : Math.min(cores, fitting);
    }

    /** Tells whether a password can be set. */
    public static boolean isAcceptable(String password) {
        return password.length() >= MIN_LENGTH && canBeHashed(password);
    }

    /** A half of a surrogate pair has no UTF-8 form to hash. */
    static boolean canBeHashed(String password) {
        return password.length() <= MAX_LENGTH
                && StandardCharsets.UTF_8.newEncoder().canEncode(password);
    }

    /**
     * Returns the hash of a password in PHC string form.
     *
     * @throws TooManySignInsException when too many already wait
     */
    String hash(String password) {
        return onPool(() -> Argon2Hash.of(password).toPhc());
    }

    /**
     * Tells whether a password is the one that was hashed.
     *
     * @param hash null when there is no such user: the answer is then false and takes the same time
     * @throws TooManySignInsException when too many already wait
     */
    boolean matches(String password, String hash) {
        if (!canBeHashed(password)) {
            return false;
        }
        boolean matched = onPool(
                () -> Argon2Hash.parse(hash == null ? hashOfNobody : hash).matches(password));
        return matched && hash != null;
    }

    private <T> T onPool(Callable<T> work) {
        try {
            return pool.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new TooManySignInsException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManySignInsException();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    @PreDestroy
    void stop() {
        pool.shutdownNow();
    }
}
