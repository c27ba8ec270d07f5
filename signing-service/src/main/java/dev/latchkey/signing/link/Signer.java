package dev.latchkey.signing.link;

/**
 * Who signs, and as whom the link will act.
 *
 * @param grantId the refresh token whose end ends the link
 */
public record Signer(String userId, String grantId) {}
