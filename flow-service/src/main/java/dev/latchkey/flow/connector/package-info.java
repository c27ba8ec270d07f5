/**
 * Owns connectors as integrations: what is described in YAML goes through the same engine as what is written in Java, and gets
 * re-authentication, reconfiguration, duplicate detection and the connection test without asking for them.
 */
package dev.latchkey.flow.connector;
