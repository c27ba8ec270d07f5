package dev.latchkey.signing.boot;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The key of one boot: {@code HKDF-SHA256(master secret, info = "latchkey signed path v1 " + boot id)} (RFC 5869). It signs and
 * checks compact JWTs whose header is one fixed text (HS256, RFC 7515), so nothing in a token chooses an algorithm or a key.
 */
public final class BootKey {

    /** The {@code typ} of a link's token, so that no other token passes for one. */
    public static final String TYPE = "latchkey-path+jwt";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String INFO = "latchkey signed path v1 ";
    private static final int KEY_BYTES = 32;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(BootKey::newMac);

    private final String bootId;
    private final String header;
    private final SecretKeySpec key;

    private BootKey(String bootId, byte[] key) {
        this.bootId = bootId;
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.header = header(bootId);
    }

    /**
     * Derives the key of a boot.
     *
     * @param masterSecret 32 characters or more
     * @param bootId 32 hexadecimal digits
     */
    public static BootKey derive(String masterSecret, String bootId) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
        hkdf.init(new HKDFParameters(
                masterSecret.getBytes(StandardCharsets.UTF_8),
                null,
                (INFO + bootId).getBytes(StandardCharsets.US_ASCII)));
        byte[] key = new byte[KEY_BYTES];
        hkdf.generateBytes(key, 0, KEY_BYTES);
        return new BootKey(bootId, key);
    }

    /** Returns the encoded header that every token of a boot has, and no other token. */
    static String header(String bootId) {
        return encode("{\"alg\":\"HS256\",\"typ\":\"" + TYPE + "\",\"kid\":\"" + bootId + "\"}");
    }

    /** Returns the id of the boot, which is the {@code kid}. */
    public String bootId() {
        return bootId;
    }

    /** Returns the encoded header of its tokens. */
    String header() {
        return header;
    }

    /** Returns a compact JWT with these claims. */
    public String sign(String claims) {
        String signed = header + "." + encode(claims);
        return signed + "." + mac(signed);
    }

    /**
     * Tells whether a signature is of this key, in a time that does not depend on where it differs. The texts are compared, not
     * what they decode to, so a signature has one spelling.
     *
     * @param signed header and claims as they were sent, ASCII
     * @param signature as it was sent
     */
    public boolean signed(String signed, String signature) {
        return MessageDigest.isEqual(
                mac(signed).getBytes(StandardCharsets.ISO_8859_1), signature.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String mac(String signed) {
        try {
            Mac mac = MAC.get();
            mac.init(key);
            return BASE64URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a derived key fits HMAC", e);
        }
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Names the boot and never the key. */
    @Override
    public String toString() {
        return "BootKey[" + bootId + "]";
    }
}
