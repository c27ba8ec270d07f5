package dev.latchkey.auth.user;

/** Fired inside the transaction that made, changed or deleted a user. */
public record AccountChanged(String userId) {}
