package dev.latchkey.flow.entry;

/** Fired in the transaction in which an entry is disabled: nothing heals it any more. */
public record EntryDisabled(String entryId) {}
