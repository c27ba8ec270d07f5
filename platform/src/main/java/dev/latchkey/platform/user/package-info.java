/**
 * Who the users are, for services that do not keep them: the form in which auth-service says so, and a view of it in memory. No
 * username, no credential.
 */
package dev.latchkey.platform.user;
