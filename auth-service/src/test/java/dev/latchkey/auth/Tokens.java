package dev.latchkey.auth;

/** What the token endpoint granted. */
public record Tokens(String accessToken, String refreshToken) {}
