package dev.latchkey.auth.user;

/**
 * Fired inside the transaction that ends the sign-ins of a user that are under way, which holds the user's lock; whoever
 * keeps a sign-in that has come to a proven identity but not yet to a grant ends it in the same transaction.
 */
public record SignInsEnded(String userId) {}
