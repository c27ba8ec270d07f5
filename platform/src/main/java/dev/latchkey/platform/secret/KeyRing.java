package dev.latchkey.platform.secret;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several key-encryption keys, so that one can take over from another: the first encrypts, each decrypts what it encrypted.
 * Immutable.
 */
public final class KeyRing {

    private final KeyEncryptionKey first;
    private final Map<String, KeyEncryptionKey> byId = new LinkedHashMap<>();

    private KeyRing(List<KeyEncryptionKey> keys) {
        this.first = keys.getFirst();
        keys.forEach(key -> byId.putIfAbsent(key.id(), key));
    }

    /**
     * Reads keys from their configured form.
     *
     * @param keys each 256 bits in base64; the first encrypts
     * @throws IllegalArgumentException when there is none or one is anything else; the message does not repeat a value
     */
    public static KeyRing of(List<String> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key-encryption key");
        }
        return new KeyRing(keys.stream().map(KeyEncryptionKey::fromBase64).toList());
    }

    /** Returns the id of the key that encrypts now; whatever has another id should be encrypted again. */
    public String currentId() {
        return first.id();
    }

    /** Returns the ciphertext of a text under the current key, different at every call. */
    public String encrypt(String plaintext) {
        return first.encrypt(plaintext);
    }

    /**
     * Returns the text of a ciphertext.
     *
     * @throws IllegalStateException when no key of the ring encrypted it, or it was changed since
     */
    public String decrypt(String ciphertext) {
        KeyEncryptionKey key = byId.get(KeyEncryptionKey.idOf(ciphertext));
        if (key == null) {
            throw new IllegalStateException(
                    "a stored secret was encrypted with a key-encryption key that is not configured any more");
        }
        return key.decrypt(ciphertext);
    }

    /** Returns a description that does not show the keys. */
    @Override
    public String toString() {
        return "KeyRing" + byId.keySet();
    }
}
