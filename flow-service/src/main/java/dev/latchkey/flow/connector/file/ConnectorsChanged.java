package dev.latchkey.flow.connector.file;

import java.util.Set;

/**
 * Connectors came, changed or went.
 *
 * @param domains which ones
 */
public record ConnectorsChanged(Set<String> domains) {}
