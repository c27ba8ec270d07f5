package dev.latchkey.auth.user;

import java.util.List;

/**
 * A user as administrators see it.
 *
 * @param username null for a user who cannot sign in with a password
 * @param credentialTypes the type of the provider of each of the user's credentials
 */
public record UserDetails(Account account, String username, List<String> credentialTypes) {}
