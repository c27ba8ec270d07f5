package dev.latchkey.auth.user;

/** A credential whose owner just proved to hold it. */
public record VerifiedCredential(String credentialId, Account account) {}
