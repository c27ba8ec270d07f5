package dev.latchkey.flow.progress;

/**
 * Fired in the transaction in which a flow shows its first result and stays open.
 *
 * @param entryId null in a flow that adds an entry
 */
public record FlowOpened(FlowProgress flow, String entryId) {}
