package dev.latchkey.platform.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Draws, digests and compares secrets. Safe for use by many threads. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private Secrets() {}

    /** Returns a new secret of 256 random bits as 43 characters of base64url without padding (RFC 4648 section 5). */
    public static String random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return BASE64URL.encodeToString(bits);
    }

    /** Returns a new identifier that nobody can guess: 122 random bits as 32 lower-case hexadecimal digits. */
    public static String randomId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * Returns the SHA-256 digest (32 bytes) of the UTF-8 form of a secret. Only for secrets with 128 random bits or more;
     * passwords need a memory-hard hash.
     */
    public static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Tells whether two secrets are equal, in a time that does not depend on where they differ. */
    public static boolean equal(String expected, String presented) {
        return MessageDigest.isEqual(sha256(expected), sha256(presented));
    }
}
