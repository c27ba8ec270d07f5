/**
 * Owns how an HTTP request proves who makes it, alike in every service: the bearer mechanism, and whom it asks. Groups are roles;
 * what a role may do, endpoints say.
 */
package dev.latchkey.platform.bearer;
