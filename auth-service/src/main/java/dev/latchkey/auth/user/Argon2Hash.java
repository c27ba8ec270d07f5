package dev.latchkey.auth.user;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password hashed with Argon2id (RFC 9106), in PHC string form: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. A hash
 * carries its parameters, so that those for new ones can be raised.
 */
record Argon2Hash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final int OWASP_MEMORY_KIB = 19 * 1024;

    /** What hashing one password takes of the heap. */
    static final long BYTES = OWASP_MEMORY_KIB * 1024L;

    private static final int OWASP_PASSES = 2;
    private static final int OWASP_LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Hashes a password at the parameters OWASP names. Takes 19 MiB and about 30 ms of one core. */
    static Argon2Hash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Argon2Hash(
                OWASP_MEMORY_KIB,
                OWASP_PASSES,
                OWASP_LANES,
                salt,
                derive(password, OWASP_MEMORY_KIB, OWASP_PASSES, OWASP_LANES, salt, HASH_BYTES));
    }

    /**
     * Reads the PHC string form.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    static Argon2Hash parse(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a stored password hash is not in PHC string form");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new Argon2Hash(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                base64.decode(parts.group(4)),
                base64.decode(parts.group(5)));
    }

    /** Tells whether a password is the one that was hashed, in a time that does not depend on how close it is. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, memoryKib, passes, lanes, salt, hash.length));
    }

    String toPhc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /** Says nothing of the hash. */
    @Override
    public String toString() {
        return "Argon2Hash";
    }

    private static byte[] derive(String password, int memoryKib, int passes, int lanes, byte[] salt, int length) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        argon2.generateBytes(password.toCharArray(), hash);
        return hash;
    }
}
