package dev.latchkey.flow.progress;

/** Fired in the transaction in which a flow shows another result without a request of its client, who should read it again. */
public record FlowProgressed(String flowId, String handler) {}
