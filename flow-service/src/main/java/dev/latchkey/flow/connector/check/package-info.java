/** Owns the connection test: what is asked of a remote, under which policy, and what came of it. Nobody else here connects. */
package dev.latchkey.flow.connector.check;
