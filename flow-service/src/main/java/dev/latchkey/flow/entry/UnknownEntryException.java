package dev.latchkey.flow.entry;

/** Says that there is no such entry, or not any more. */
public class UnknownEntryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnknownEntryException(String entryId) {
        super("No entry " + entryId, null, false, false);
    }
}
