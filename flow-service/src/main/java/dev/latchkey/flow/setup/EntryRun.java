package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntrySummary;
import dev.latchkey.flow.entry.Held;
import dev.latchkey.flow.entry.Life;
import dev.latchkey.flow.entry.LifeStep;
import dev.latchkey.flow.entry.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * One piece of work on one held entry, from its beginning to the end of the hold. Blocks; no transaction and no connection is held
 * while an integration is asked.
 */
@ApplicationScoped
class EntryRun {

    private final Integrations integrations;
    private final Trial trial;
    private final StepWriter writer;
    private final CredentialRequests credentials;
    private final SetUpMetrics metrics;
    private final LifeCycle lifeCycle;
    private final Clock clock;

    EntryRun(
            Integrations integrations,
            Trial trial,
            StepWriter writer,
            CredentialRequests credentials,
            SetUpMetrics metrics,
            SetUpConfig config,
            Clock clock) {
        this.integrations = integrations;
        this.trial = trial;
        this.writer = writer;
        this.credentials = credentials;
        this.metrics = metrics;
        this.lifeCycle = new LifeCycle(new RetryPolicy(config.longestRetryAfter()), config.refusedRetest());
        this.clock = clock;
    }

    /**
     * Does what is due: reloads when somebody wants that, else sets up or probes. Does nothing when only a restart helps.
     *
     * @return the entry after it; nothing when the hold was lost
     */
    Optional<EntrySummary> due(Held held) {
        if (held.life().state().terminal()) {
            return leave(held);
        }
        return held.reload() == null ? setUp(held, lifeCycle::begun, null) : reload(held, held.reload());
    }

    /** Takes an entry down and sets it up again. One that cannot be taken down ends as {@code failed_unload}. */
    Optional<EntrySummary> reload(Held held, Origin by) {
        EntryState state = held.life().state();
        if (state.terminal()) {
            return leave(held);
        }
        if (state == EntryState.LOADED) {
            Optional<String> problem = takeDown(held);
            if (problem.isPresent()) {
                return write(LifeStep.end(held, life -> lifeCycle.notUnloaded(life, problem.get()))
                        .answeringReload());
            }
        }
        return setUp(held, life -> lifeCycle.begun(lifeCycle.unloaded(life)), by);
    }

    /** Takes an entry down, and leaves it so. */
    Optional<EntrySummary> unload(Held held) {
        EntryState state = held.life().state();
        if (state.terminal()) {
            return leave(held);
        }
        Optional<String> problem = state == EntryState.LOADED ? takeDown(held) : Optional.empty();
        return write(LifeStep.end(
                        held,
                        life -> problem.isPresent()
                                ? lifeCycle.notUnloaded(life, problem.get())
                                : lifeCycle.unloaded(life))
                .answeringReload());
    }

    private Optional<EntrySummary> leave(Held held) {
        return write(LifeStep.end(held, life -> life.dueAt(null)).answeringReload());
    }

    /**
     * Takes a loaded entry down, the hold going on.
     *
     * @return why it cannot be; nothing when it is down
     */
    Optional<String> takeDown(Held held) {
        write(LifeStep.on(held, lifeCycle::unloading));
        return integrations
                .find(held.entry().domain())
                .flatMap(integration -> trial.unload(integration, held.entry().data()));
    }

    private Optional<EntrySummary> setUp(Held held, UnaryOperator<Life> begin, Origin reloadedBy) {
        EntryData data = held.entry().data();
        Integration integration = integrations.find(data.domain()).orElse(null);
        if (!held.readable()) {
            return end(held, null, new ConfigurationError("The stored data cannot be decrypted"), null, reloadedBy);
        }
        if (integration == null) {
            return end(held, null, new NotReady("Integration not found"), null, reloadedBy);
        }
        EntryData migrated = null;
        if (data.version() != integration.version() || data.minorVersion() != integration.minorVersion()) {
            migrated = integration.supportsMigration() && data.version() <= integration.version()
                    ? trial.migrate(integration, data).orElse(null)
                    : null;
            boolean acceptable =
                    migrated != null || !integration.supportsMigration() && data.version() == integration.version();
            if (!acceptable) {
                return write(LifeStep.end(held, lifeCycle::notMigrated).answeringReload());
            }
        }
        // Nobody waits for this to be written: it is, before the outcome.
        writer.write(LifeStep.on(held, begin));
        long started = System.nanoTime();
        SetUpOutcome outcome = trial.setUp(integration, migrated == null ? data : migrated);
        metrics.tried(data.domain(), outcome, held.life().tries(), Duration.ofNanos(System.nanoTime() - started));
        return end(held, integration, outcome, migrated, reloadedBy);
    }

    private Optional<EntrySummary> end(
            Held held, Integration integration, SetUpOutcome outcome, EntryData migrated, Origin reloadedBy) {
        boolean probed = integration != null && !held.entry().pollingDisabled();
        Duration interval = probed ? integration.probeInterval() : Duration.ZERO;
        double random = ThreadLocalRandom.current().nextDouble();
        LifeStep end = LifeStep.end(held, life -> lifeCycle.tried(life, outcome, interval, clock.instant(), random))
                .withMigrated(migrated);
        Optional<EntrySummary> result = write(reloadedBy == null ? end : end.asReload(reloadedBy));
        if (outcome instanceof AuthenticationFailed failed && result.isPresent()) {
            credentials.ask(held.entryId(), failed.reason());
        }
        return result;
    }

    private Optional<EntrySummary> write(LifeStep step) {
        return writer.write(step).join();
    }
}
