/**
 * Owns the socket's commands about entries and flows, {@code config_entries/…} ({@code spec/flows.md} 1.2, W1 to W8): what
 * flow-service does on behalf of whoever sends them, and what its events tell subscribers. Keeps no entry and no flow.
 */
package dev.latchkey.auth.entry;
