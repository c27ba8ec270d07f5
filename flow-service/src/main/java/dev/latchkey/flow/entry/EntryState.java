package dev.latchkey.flow.entry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an entry is in its life (flows.md 4.2). */
public enum EntryState {
    NOT_LOADED(true),
    SETUP_IN_PROGRESS(false),
    LOADED(true),
    SETUP_ERROR(true),
    SETUP_RETRY(true),
    MIGRATION_ERROR(false),
    UNLOAD_IN_PROGRESS(false),
    FAILED_UNLOAD(false);

    private final boolean recoverable;

    EntryState(boolean recoverable) {
        this.recoverable = recoverable;
    }

    /** Tells whether an entry in this state may be unloaded and reloaded. */
    public boolean recoverable() {
        return recoverable;
    }

    /** Returns the name that clients and the database know, such as {@code setup_retry}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the state of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static EntryState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
