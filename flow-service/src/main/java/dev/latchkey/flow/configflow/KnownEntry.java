package dev.latchkey.flow.configflow;

/**
 * An entry as a flow sees it.
 *
 * @param ignored whether a person said never to set it up
 */
public record KnownEntry(EntryData data, boolean ignored) {}
