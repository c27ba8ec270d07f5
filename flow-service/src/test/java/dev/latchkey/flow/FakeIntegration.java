package dev.latchkey.flow;

import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.configflow.Steps;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An integration that does what a test says, and counts. */
public final class FakeIntegration implements Integration {

    /** What an integration does with an entry. */
    public interface Deed<T> {
        T on(EntryData entry) throws Exception;
    }

    public final AtomicInteger setUps = new AtomicInteger();
    public final AtomicInteger unloads = new AtomicInteger();
    public final AtomicInteger removals = new AtomicInteger();
    public final AtomicInteger running = new AtomicInteger();
    public final AtomicInteger mostRunning = new AtomicInteger();

    public volatile Deed<SetUpOutcome> setUp = entry -> new SetUpOutcome.Loaded();
    public volatile Deed<Boolean> unload = entry -> true;
    public volatile Deed<Optional<EntryData>> migrate;
    /** Its flow; without one it is set up, never configured. */
    public volatile Supplier<ConfigFlow> flow = Unconfigured::new;

    public volatile boolean supportsUnload = true;
    public volatile Duration probeInterval = Duration.ZERO;
    public volatile IntegrationType type = IntegrationType.HUB;
    public volatile int version = 1;
    public volatile int minorVersion = 1;
    public volatile String host;

    private final String domain;

    FakeIntegration(String domain) {
        this.domain = domain;
    }

    /** Lets every set-up from now on end so. */
    public void answers(SetUpOutcome outcome) {
        setUp = entry -> outcome;
    }

    @Override
    public String domain() {
        return domain;
    }

    @Override
    public String name() {
        return "Fake";
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int minorVersion() {
        return minorVersion;
    }

    @Override
    public IntegrationType type() {
        return type;
    }

    @Override
    public Set<String> secretFields() {
        return Set.of("api_token");
    }

    @Override
    public ConfigFlow newConfigFlow() {
        return flow.get();
    }

    @Override
    public SetUpOutcome setUp(EntryData entry) throws Exception {
        setUps.incrementAndGet();
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            return setUp.on(entry);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public boolean supportsUnload() {
        return supportsUnload;
    }

    @Override
    public boolean unload(EntryData entry) throws Exception {
        unloads.incrementAndGet();
        return unload.on(entry);
    }

    @Override
    public void removed(EntryData entry) {
        removals.incrementAndGet();
    }

    @Override
    public Duration probeInterval() {
        return probeInterval;
    }

    @Override
    public boolean supportsMigration() {
        return migrate != null;
    }

    @Override
    public Optional<EntryData> migrate(EntryData entry) throws Exception {
        return migrate.on(entry);
    }

    @Override
    public String host(EntryData entry) {
        return host;
    }

    private static final class Unconfigured extends ConfigFlow {
        @Override
        protected void define(Steps steps) {
            // It has none.
        }
    }
}
