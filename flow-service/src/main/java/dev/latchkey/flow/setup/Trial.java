package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.form.Masking;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Calls integrations, whose code may hang or throw anything. What they say comes back without secrets, and always within the longest
 * time of a set-up.
 */
@ApplicationScoped
class Trial {

    private static final Logger LOG = Logger.getLogger(Trial.class);

    private final ExecutorService virtualThreads;
    private final Duration timeout;

    Trial(@VirtualThreads ExecutorService virtualThreads, SetUpConfig config) {
        this.virtualThreads = virtualThreads;
        this.timeout = config.timeout();
    }

    /** Tries whether an entry works. An exception or no answer in time counts as not ready (decision F7). */
    SetUpOutcome setUp(Integration integration, EntryData entry) {
        Masking masking = Masking.of(entry.data(), entry.options());
        try {
            SetUpOutcome outcome = bounded(() -> integration.setUp(entry));
            return outcome == null ? new NotReady("Unexpected error") : masked(outcome, masking);
        } catch (TimeoutException e) {
            return new NotReady("No answer within " + timeout.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            logUnexpected("set up", entry, e.getCause(), masking);
            return new NotReady("Unexpected error");
        }
    }

    /**
     * Takes an entry down.
     *
     * @return why it cannot be; nothing when it is down
     */
    Optional<String> unload(Integration integration, EntryData entry) {
        if (!integration.supportsUnload()) {
            return Optional.of("Unload not supported");
        }
        Masking masking = Masking.of(entry.data(), entry.options());
        try {
            return bounded(() -> integration.unload(entry)) ? Optional.empty() : Optional.of("Unload failed");
        } catch (TimeoutException e) {
            return Optional.of("No answer within " + timeout.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            logUnexpected("unload", entry, e.getCause(), masking);
            String message = masking.mask(e.getCause().getMessage());
            return Optional.of(message == null || message.isBlank() ? "Unknown error" : message);
        }
    }

    /**
     * Brings the data of an entry to the version of its integration.
     *
     * @return nothing when that is not possible; nothing was changed then
     */
    Optional<EntryData> migrate(Integration integration, EntryData entry) {
        try {
            return bounded(() -> integration.migrate(entry))
                    .filter(migrated -> migrated.version() == integration.version()
                            && migrated.minorVersion() == integration.minorVersion());
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            logUnexpected("migrate", entry, e.getCause(), Masking.of(entry.data(), entry.options()));
            return Optional.empty();
        }
    }

    /** Lets an integration clean up after an entry that is gone. Whatever comes of it is only logged. */
    void removed(Integration integration, EntryData entry) {
        try {
            bounded(() -> {
                integration.removed(entry);
                return true;
            });
        } catch (TimeoutException e) {
            LOG.warnf("Cleaning up after entry %s of %s took too long", entry.entryId(), entry.domain());
        } catch (ExecutionException e) {
            logUnexpected("clean up after", entry, e.getCause(), Masking.of(entry.data(), entry.options()));
        }
    }

    private <T> T bounded(Callable<T> call) throws TimeoutException, ExecutionException {
        Future<T> running = virtualThreads.submit(call);
        try {
            return running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException e) {
            throw new ExecutionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException();
        } finally {
            running.cancel(true);
        }
    }

    private static SetUpOutcome masked(SetUpOutcome outcome, Masking masking) {
        return switch (outcome) {
            case Loaded loaded -> loaded;
            case NotReady notReady -> new NotReady(masking.mask(notReady.reason()), notReady.retryAfter());
            case AuthenticationFailed failed -> new AuthenticationFailed(masking.mask(failed.reason()));
            case ConfigurationError error -> new ConfigurationError(masking.mask(error.reason()));
        };
    }

    private static void logUnexpected(String what, EntryData entry, Throwable failure, Masking masking) {
        LOG.errorf(
                "Integration %s failed to %s entry %s: %s",
                entry.domain(), what, entry.entryId(), masking.trace(failure));
    }
}
