/**
 * Owns who an app is: reading its {@code client_id} and {@code redirect_uri}, fetching what the app publishes about itself, and
 * the verdict whether a person may be sent back there. Others ask {@link dev.latchkey.auth.client.ClientDirectory} and neither
 * parse nor fetch a client's address themselves.
 */
package dev.latchkey.auth.client;
