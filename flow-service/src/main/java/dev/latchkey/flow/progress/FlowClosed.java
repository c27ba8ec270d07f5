package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.FlowSource;

/**
 * Fired in the transaction in which an open flow ends, however it ends.
 *
 * @param entryId null in a flow that adds an entry
 */
public record FlowClosed(String flowId, String domain, FlowSource source, String entryId) {}
