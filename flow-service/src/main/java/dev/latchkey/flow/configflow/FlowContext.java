package dev.latchkey.flow.configflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine gives a flow for one run of a step. Integrations use {@link Flow}'s methods instead. */
public interface FlowContext {

    String flowId();

    String domain();

    FlowSource source();

    /** Returns the entry that is re-authenticated, reconfigured or whose options change; null in a user flow. */
    String entryId();

    /** Returns the unique id that the flow has set; null when none. */
    String uniqueId();

    boolean showAdvancedOptions();

    /** Returns what the flow remembers from step to step, to be changed. Encrypted at rest. */
    Map<String, Object> memory();

    /** Returns the names under which people know what the flow is about, to be changed. */
    Map<String, String> titlePlaceholders();

    /** Returns how the task of this progress step ended; null when it has not run. */
    TaskOutcome task();

    /** Returns the address to send back to from outside: the state to pass along is part of it. */
    Callback callback();

    /**
     * Takes a unique id for this flow, in the database, so that no other flow can.
     *
     * @param uniqueId null gives the id back
     * @param onlyOne whether another open flow with the id, one that does not re-authenticate, aborts this one
     * @return the entry with the id
     * @throws AbortFlow {@code already_in_progress}
     */
    Optional<KnownEntry> takeUniqueId(String uniqueId, boolean onlyOne);

    /** Returns an entry of the domain as it is now. */
    Optional<KnownEntry> entry(String entryId);

    /** Returns the entry of the domain with a unique id. */
    Optional<KnownEntry> entryWithUniqueId(String uniqueId);

    /** Returns all entries of the domain. */
    List<KnownEntry> entries();

    /**
     * Where an external page sends the browser when it is done.
     *
     * @param url absolute
     * @param state an unguessable text to be passed back as the parameter {@code state}
     */
    record Callback(String url, String state) {}
}
