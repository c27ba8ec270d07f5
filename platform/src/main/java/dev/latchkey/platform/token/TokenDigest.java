package dev.latchkey.platform.token;

import dev.latchkey.platform.secret.Secrets;
import java.nio.ByteBuffer;

/** The SHA-256 of a token as a map key, so that no cache holds the token itself. */
public record TokenDigest(long first, long second, long third, long fourth) {

    /** Returns the digest of whatever is presented as a token. */
    public static TokenDigest of(String token) {
        ByteBuffer digest = ByteBuffer.wrap(Secrets.sha256(token));
        return new TokenDigest(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }
}
