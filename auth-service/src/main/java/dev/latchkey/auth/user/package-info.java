/**
 * Owns people and service users, their groups, credentials and password hashes. Others see an {@link
 * dev.latchkey.auth.user.Account}, never an entity or a hash.
 */
package dev.latchkey.auth.user;
