package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.FlowSource;

/**
 * An open flow that ends, however it ends.
 *
 * @param entryId null in a flow that adds an entry
 */
public record FlowClosed(String flowId, String domain, FlowSource source, String entryId) {}
