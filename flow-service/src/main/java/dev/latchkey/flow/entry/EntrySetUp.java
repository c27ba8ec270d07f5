package dev.latchkey.flow.entry;

/** Sets entries up and takes them down while the caller waits. Never called inside a transaction: the remote side is asked. */
public interface EntrySetUp {

    /**
     * Waits until a new entry was set up for the first time, whatever came of it.
     *
     * @return the entry as it is then, or as it is when the longest time of a set-up is over
     * @throws UnknownEntryException when it was removed
     */
    Entry setUp(String entryId);
}
