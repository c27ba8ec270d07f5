package dev.latchkey.flow.configflow;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of thing that can be connected: a YAML connector or a flow written in Java. Thread-safe. What blocks is called on
 * virtual threads, without a transaction and without a database connection.
 */
public interface Integration {

    /** Returns the name in the interface: {@code ^[a-z][a-z0-9_]{1,49}$}. */
    String domain();

    /** Returns the name for people. */
    String name();

    /** Returns the version of the data of new entries. */
    default int version() {
        return 1;
    }

    /** Returns the part of the version whose change older code can live with. */
    default int minorVersion() {
        return 1;
    }

    default IntegrationType type() {
        return IntegrationType.HUB;
    }

    /** Tells whether there can be only one entry. */
    default boolean singleInstance() {
        return false;
    }

    /** Returns the names of the fields of data and options whose values are {@link dev.latchkey.flow.form.Secret}s. */
    Set<String> secretFields();

    /** Returns a new flow, to be used by one thread at a time. */
    ConfigFlow newConfigFlow();

    /** Returns a new options flow; nothing when entries have no options. */
    default Optional<OptionsFlow> newOptionsFlow() {
        return Optional.empty();
    }

    /** Tells whether entries can be reconfigured. */
    default boolean supportsReconfigure() {
        return newConfigFlow().has(FlowSource.RECONFIGURE.id());
    }

    /**
     * Tries whether an entry works: when it is set up, and again at every probe. Blocks as long as the remote needs.
     *
     * @throws Exception whatever was not foreseen; it counts as not ready (decision F7)
     */
    SetUpOutcome setUp(EntryData entry) throws Exception;

    /** Tells whether an entry can be unloaded without a restart. */
    default boolean supportsUnload() {
        return true;
    }

    /**
     * Lets go of what {@link #setUp} holds for an entry.
     *
     * @return false when that did not work; the entry then cannot be reloaded
     * @throws Exception counts as false
     */
    default boolean unload(EntryData entry) throws Exception {
        return true;
    }

    /**
     * Cleans up after an entry that is gone already.
     *
     * @throws Exception is logged and changes nothing
     */
    default void removed(EntryData entry) throws Exception {}

    /** Returns how often a loaded entry is tried again; zero: never. */
    default Duration probeInterval() {
        return Duration.ZERO;
    }

    /** Tells whether {@link #migrate} exists. Without it, another {@link #minorVersion} is accepted as it is. */
    default boolean supportsMigration() {
        return false;
    }

    /**
     * Brings the data of another version to the current one.
     *
     * @return what to store, with the current version; nothing to refuse, and the entry stays as it is
     * @throws Exception refuses too
     */
    default Optional<EntryData> migrate(EntryData entry) throws Exception {
        return Optional.empty();
    }

    /** Returns the host that an entry talks to, so that no host gets too much at once; null when there is none. */
    default String host(EntryData entry) {
        return null;
    }
}
