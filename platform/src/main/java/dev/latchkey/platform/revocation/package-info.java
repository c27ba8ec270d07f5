/**
 * Which grants were taken back, for whoever verifies access tokens: the form in which auth-service says so, a view of it in
 * memory that knows when it cannot be trusted, and asking auth-service then (decisions R2 and R3).
 */
package dev.latchkey.platform.revocation;
