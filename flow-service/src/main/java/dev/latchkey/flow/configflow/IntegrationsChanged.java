package dev.latchkey.flow.configflow;

import java.util.Set;

/**
 * Fired when integrations came, changed or went while the service runs; not for those that are there when it starts.
 *
 * @param domains which ones
 */
public record IntegrationsChanged(Set<String> domains) {}
