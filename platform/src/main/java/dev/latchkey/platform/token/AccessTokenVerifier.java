package dev.latchkey.platform.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.latchkey.platform.token.TokenVerdict.Refused;
import dev.latchkey.platform.token.TokenVerdict.Unavailable;
import dev.latchkey.platform.token.TokenVerdict.Valid;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells access tokens of auth-service from anything else, by the keys it publishes: signature, issuer, audience, type and time.
 * Says nothing of revocation. A signature is checked once as long as the token is remembered; time is judged at every call, and
 * a token falls with its key. Thread-safe.
 */
public final class AccessTokenVerifier {

    /** What strangers make up is remembered for a moment, so that repeating it is cheap for us too. */
    private static final Duration REFUSAL_REMEMBERED = Duration.ofSeconds(10);

    private static final int MOST_REFUSALS = 10_000;

    private static final Refused INVALID = new Refused(TokenVerdict.INVALID);
    private static final Refused EXPIRED = new Refused(TokenVerdict.EXPIRED);
    private static final Unavailable NO_KEYS =
            new Unavailable("the key of an access token is unknown, and auth-service cannot be asked for it");

    /** A token whose signature was good, and the key it was good for. */
    private record Verified(Valid verdict, String kid) {

        AccessToken token() {
            return verdict.token();
        }
    }

    private final AccessTokenReader reader;
    private final PublishedKeys keys;
    private final Clock clock;
    private final Cache<TokenDigest, Verified> verified;
    private final Cache<TokenDigest, Refused> refused;

    AccessTokenVerifier(String issuer, PublishedKeys keys, int cacheSize, Clock clock) {
        this.reader = new AccessTokenReader(issuer, clock);
        this.keys = keys;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(cacheSize)
                .expireAfter(Expiry.creating((TokenDigest digest, Verified found) -> Duration.between(
                        clock.instant(), found.token().expiresAt().plus(AccessToken.LEEWAY))))
                .build();
        this.refused = Caffeine.newBuilder()
                .maximumSize(MOST_REFUSALS)
                .expireAfterWrite(REFUSAL_REMEMBERED)
                .build();
    }

    /**
     * Returns a verifier and starts to fetch the keys.
     *
     * @param issuer also the audience of every token
     * @param authUrl where this service reaches auth-service, without a slash at the end
     * @param cacheSize how many verified tokens are remembered
     */
    public static AccessTokenVerifier of(String issuer, URI authUrl, int cacheSize, Clock clock) {
        JwksClient client = new JwksClient(authUrl, JwksClient.DEADLINE);
        PublishedKeys keys = new PublishedKeys(client::fetch, System::nanoTime);
        keys.refresh();
        return new AccessTokenVerifier(issuer, keys, cacheSize, clock);
    }

    /**
     * Returns what a token says that was verified before and is within its time, from memory alone.
     *
     * @return null when it was never seen, was forgotten or has expired: {@link #verify} knows more
     */
    public AccessToken known(String compact) {
        if (compact.length() > AccessToken.MAX_LENGTH) {
            return null;
        }
        Verified found = remembered(TokenDigest.of(compact));
        return found == null || found.token().hasExpired(clock.instant()) ? null : found.token();
    }

    /**
     * Verifies a token. Does not block; takes the time of a signature check on the caller's thread (0.1 ms in native code) when
     * the token was not seen before. The result is there at once unless auth-service has to be asked for a key.
     *
     * @param compact whatever a stranger presents as a token
     * @return never completes exceptionally
     */
    public CompletionStage<TokenVerdict> verify(String compact) {
        if (compact.length() > AccessToken.MAX_LENGTH) {
            return CompletableFuture.completedFuture(INVALID);
        }
        TokenDigest digest = TokenDigest.of(compact);
        TokenVerdict known = fromMemory(digest);
        if (known == null) {
            known = read(compact, digest);
        }
        if (!isUnknownKey(known)) {
            return CompletableFuture.completedFuture(known);
        }
        return keys.refresh().thenApply(fresh -> {
            TokenVerdict again = read(compact, digest);
            return isUnknownKey(again) && !fresh ? NO_KEYS : again;
        });
    }

    private TokenVerdict fromMemory(TokenDigest digest) {
        Verified found = remembered(digest);
        if (found == null) {
            return refused.getIfPresent(digest);
        }
        return found.token().hasExpired(clock.instant()) ? EXPIRED : found.verdict();
    }

    private Verified remembered(TokenDigest digest) {
        Verified found = verified.getIfPresent(digest);
        return found == null || keys.get(found.kid()) == null ? null : found;
    }

    private TokenVerdict read(String compact, TokenDigest digest) {
        String[] kid = new String[1];
        TokenVerdict verdict = reader.read(compact, id -> {
            kid[0] = id;
            return keys.get(id);
        });
        if (verdict instanceof Valid valid) {
            verified.put(digest, new Verified(valid, kid[0]));
        } else if (verdict instanceof Refused refusal && !isUnknownKey(verdict)) {
            refused.put(digest, refusal);
        }
        return verdict;
    }

    private static boolean isUnknownKey(TokenVerdict verdict) {
        return verdict instanceof Refused refusal && TokenVerdict.UNKNOWN_KEY.equals(refusal.reason());
    }
}
