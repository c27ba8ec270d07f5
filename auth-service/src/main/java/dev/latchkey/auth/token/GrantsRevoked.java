package dev.latchkey.auth.token;

import java.time.Instant;
import java.util.Map;

/**
 * Fired inside the transaction that revokes grants, or outside any when a revocation made elsewhere becomes known; observers
 * after success end what lives from them.
 *
 * @param expiryById the ids of the grants, each with the moment after which none of its access tokens can be valid
 */
public record GrantsRevoked(Map<String, Instant> expiryById) {}
