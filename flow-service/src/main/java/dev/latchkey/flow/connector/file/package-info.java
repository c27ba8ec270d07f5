/**
 * Owns the files that describe connectors: reading them strictly, noticing that they change, and saying what is wrong with them.
 */
package dev.latchkey.flow.connector.file;
