package dev.latchkey.flow.entry;

/** Fired in a transaction after which an entry is due to be worked on at once. */
public record WorkDue(String entryId) {}
