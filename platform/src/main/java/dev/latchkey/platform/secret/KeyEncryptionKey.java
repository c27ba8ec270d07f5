package dev.latchkey.platform.secret;

import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * Encrypts what must be kept but never read by who merely holds the database: a compact JWE (RFC 7516), {@code dir} with
 * AES-256-GCM, whose {@code kid} names the key that encrypted it.
 */
public final class KeyEncryptionKey {

    private final SecretKey key;
    private final String keyId;

    private KeyEncryptionKey(byte[] bits) {
        this.key = new SecretKeySpec(bits, "AES");
        this.keyId = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Secrets.sha256(Base64.getEncoder().encodeToString(bits)))
                .substring(0, 8);
    }

    /**
     * Reads a key from its configured form.
     *
     * @param base64 256 bits in base64, with or without padding, standard or URL-safe alphabet
     * @throws IllegalArgumentException when it is anything else; the message does not repeat the value
     */
    public static KeyEncryptionKey fromBase64(String base64) {
        byte[] bits;
        try {
            bits = Base64.getDecoder().decode(base64.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a key-encryption key is 32 random bytes in base64; this one is not base64");
        }
        if (bits.length != 32) {
            throw new IllegalArgumentException(
                    "a key-encryption key is 32 random bytes in base64; this one has " + bits.length + " bytes");
        }
        return new KeyEncryptionKey(bits);
    }

    /** Returns the id that every ciphertext of this key carries; it says nothing about the key. */
    public String id() {
        return keyId;
    }

    /**
     * Returns the id of the key that encrypted a text.
     *
     * @throws IllegalStateException when it is no ciphertext
     */
    public static String idOf(String ciphertext) {
        try {
            JsonWebEncryption jwe = new JsonWebEncryption();
            jwe.setCompactSerialization(ciphertext);
            String id = jwe.getKeyIdHeaderValue();
            if (id == null) {
                throw new IllegalStateException("a stored secret does not say with which key it was encrypted");
            }
            return id;
        } catch (JoseException e) {
            throw new IllegalStateException("a stored secret is not a ciphertext", e);
        }
    }

    /** Returns the ciphertext of a text, different at every call. */
    public String encrypt(String plaintext) {
        JsonWebEncryption jwe = jwe();
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        jwe.setKeyIdHeaderValue(keyId);
        if (plaintext.isEmpty()) {
            // Compressed, nothing is two bytes: the library does not read a JWE without any ciphertext.
            jwe.enableDefaultCompression();
        }
        jwe.setPlaintext(plaintext);
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("AES-256-GCM failed to encrypt", e);
        }
    }

    /**
     * Returns the text of a ciphertext.
     *
     * @throws IllegalStateException when it was encrypted with another key or was changed since
     */
    public String decrypt(String ciphertext) {
        JsonWebEncryption jwe = jwe();
        try {
            jwe.setCompactSerialization(ciphertext);
            return jwe.getPlaintextString();
        } catch (JoseException e) {
            throw new IllegalStateException(
                    "a stored secret cannot be decrypted with the configured key-encryption key; was the key changed?",
                    e);
        }
    }

    private JsonWebEncryption jwe() {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setKey(key);
        jwe.setAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT));
        jwe.setContentEncryptionAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM));
        return jwe;
    }

    /** Returns a description that does not show the key. */
    @Override
    public String toString() {
        return "KeyEncryptionKey[" + keyId + "]";
    }
}
