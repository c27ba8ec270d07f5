/**
 * PostgreSQL and Kafka as libraries: the real servers, on loopback, with data that outlives a crash.
 *
 * <p>Owns their data directories and processes. Knows nothing of the services that use them.
 */
package dev.latchkey.embedded;
