package dev.latchkey.flow.entry;

import java.util.List;
import java.util.Optional;

/**
 * The entries as flows see them. Everything that changes one takes part in the caller's transaction, or has one of its own
 * where none is open.
 */
public interface Entries {

    /** Returns an entry with its data, secrets included. */
    Optional<Entry> find(String entryId);

    /**
     * Returns the entry of an account or device, ignored ones included.
     *
     * @param uniqueId not null
     */
    Optional<Entry> findByUniqueId(String domain, String uniqueId);

    /** Returns the entries of one integration, oldest first, in one query. Reads and decrypts all of them. */
    List<Entry> ofDomain(String domain);

    /** Tells whether an integration has an entry that is not ignored. */
    boolean anyOfDomain(String domain);

    /** Tells whether the credentials of an entry are known not to be accepted; false when there is no such entry. */
    boolean isRefused(String entryId);

    /** As {@link #isRefused}, and nothing is about to change that: no reload is scheduled, and the entry is not disabled. */
    boolean waitsForCredentials(String entryId);

    /**
     * Adds an entry. It is set up after the transaction commits; {@link EntrySetUp#setUp} waits for that.
     *
     * @throws IllegalArgumentException when its unique id has more than 512 characters or a NUL, or its data is too large
     * @throws UniqueIdTakenException when the integration has an entry of the same unique id (decision F5); the caller's
     *     transaction stays usable
     */
    Entry create(NewEntry entry);

    /**
     * Changes an entry. Values equal to the present ones change nothing: then there is no event and the time of modification
     * stays ({@code spec/flows.md} 4.4). Does not reload.
     *
     * @return whether anything changed
     * @throws UnknownEntryException when it was removed
     * @throws UniqueIdTakenException when another entry of the integration has the new unique id
     */
    boolean update(String entryId, EntryUpdate update);

    /**
     * Has an entry reloaded soon after the transaction commits, also when it waits for its next try. Does nothing for one that
     * is disabled, ignored or gone.
     *
     * @param flowId the flow that wants it, for the history; null when none does
     */
    void scheduleReload(String entryId, String flowId);

    /**
     * Notes that whoever uses the credentials of an entry saw them refused (decision F8), and has them tested at once. The state
     * stays what it is until that test has an outcome.
     *
     * @param reason what the reporter says; null when it says nothing
     * @throws UnknownEntryException when it was removed
     */
    void reportRefused(String entryId, String reason);
}
