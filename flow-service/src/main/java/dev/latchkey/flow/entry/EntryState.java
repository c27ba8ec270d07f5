package dev.latchkey.flow.entry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where an entry is in its life ({@code spec/flows.md} 4.2). */
public enum EntryState {
    NOT_LOADED(true),
    SETUP_IN_PROGRESS(false),
    LOADED(true),
    SETUP_ERROR(true),
    SETUP_RETRY(true),
    MIGRATION_ERROR(false),
    UNLOAD_IN_PROGRESS(false),
    FAILED_UNLOAD(false);

    private static final Map<String, EntryState> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EntryState::wireName, state -> state));

    private final boolean recoverable;
    private final String wireName;

    EntryState(boolean recoverable) {
        this.recoverable = recoverable;
        this.wireName = name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether an entry in this state may be unloaded and reloaded. */
    public boolean recoverable() {
        return recoverable;
    }

    /** Tells whether only a restart leads out of this state. */
    public boolean terminal() {
        return this == MIGRATION_ERROR || this == FAILED_UNLOAD;
    }

    /** Returns the name that clients and the database know, such as {@code setup_retry}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /**
     * Returns the state of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static EntryState of(String wireName) {
        EntryState state = BY_NAME.get(wireName);
        if (state == null) {
            throw new IllegalArgumentException("no state of entries: " + wireName);
        }
        return state;
    }
}
