package dev.latchkey.flow.configflow;

/**
 * Changes the options of an entry; begins with the step {@code init}, and ends as {@code createEntry("", options)}: the values
 * replace the options, null leaves them. If they changed, the entry is reloaded.
 */
public abstract class OptionsFlow extends Flow {

    /** The id of the first step. */
    public static final String INIT = "init";

    /**
     * Returns the entry as it is now.
     *
     * @throws AbortFlow {@code entry_not_found} when it was removed meanwhile
     */
    protected final EntryData entry() {
        return context()
                .entry(context().entryId())
                .map(KnownEntry::data)
                .orElseThrow(() -> new AbortFlow(AbortReason.ENTRY_NOT_FOUND));
    }
}
