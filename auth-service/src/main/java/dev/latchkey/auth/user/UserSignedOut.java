package dev.latchkey.auth.user;

/**
 * Fired inside the transaction that takes a user's access away; whoever holds grants of the user ends them in the same
 * transaction.
 *
 * @param userId whose grants end
 * @param exceptGrantId the one grant that stays; null when none does
 */
public record UserSignedOut(String userId, String exceptGrantId) {}
