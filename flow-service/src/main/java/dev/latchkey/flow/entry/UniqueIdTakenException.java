package dev.latchkey.flow.entry;

/** Says that an integration has another entry of the same account or device (decision F5). */
public class UniqueIdTakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String entryId;

    public UniqueIdTakenException(String entryId) {
        super("The unique id belongs to another entry", null, false, false);
        this.entryId = entryId;
    }

    /** Returns the entry that has it; null when it came at the same moment. */
    public String entryId() {
        return entryId;
    }
}
