package dev.latchkey.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEncryptionKeyTest {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final KeyEncryptionKey key = KeyEncryptionKey.fromBase64(KEY);

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "é\u0000😀", "{\"a\":1}"})
    void whatWasEncryptedIsDecrypted(String text) {
        assertThat(key.decrypt(key.encrypt(text))).isEqualTo(text);
    }

    @Test
    void theSameTextIsNeverEncryptedAlike() {
        assertThat(key.encrypt("text")).isNotEqualTo(key.encrypt("text")).doesNotContain("text");
    }

    @Test
    void aLongTextIsEncryptedToo() {
        assertThat(key.decrypt(key.encrypt("x".repeat(100_000)))).hasSize(100_000);
    }

    @Test
    void aChangedCiphertextIsRefused() {
        // Of 3·n bytes, so that no character of their base64 has bits that mean nothing.
        String ciphertext = key.encrypt("secret");
        for (int at = 0; at < ciphertext.length() - 1; at++) {
            char other = ciphertext.charAt(at) == 'A' ? 'B' : 'A';
            String changed = ciphertext.substring(0, at) + other + ciphertext.substring(at + 1);
            assertThatThrownBy(() -> key.decrypt(changed)).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "a.b.c.d.e", "....", "eyJhbGciOiJub25lIn0.e30."})
    void whatIsNoCiphertextIsRefused(String text) {
        assertThatThrownBy(() -> key.decrypt(text)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anotherKeyDecryptsNothing() {
        KeyEncryptionKey other = KeyEncryptionKey.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));

        assertThatThrownBy(() -> other.decrypt(key.encrypt("text")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was the key changed?");
    }

    @Test
    void aKeyIsReadInEverySpellingOfBase64() {
        byte[] bits = new byte[32];
        java.util.Arrays.fill(bits, (byte) 0xfb);
        String ciphertext = KeyEncryptionKey.fromBase64(Base64.getEncoder().encodeToString(bits))
                .encrypt("text");

        for (Base64.Encoder encoder : new Base64.Encoder[] {
            Base64.getEncoder().withoutPadding(),
            Base64.getUrlEncoder(),
            Base64.getUrlEncoder().withoutPadding()
        }) {
            KeyEncryptionKey same = KeyEncryptionKey.fromBase64(" " + encoder.encodeToString(bits) + "\n");
            assertThat(same.decrypt(ciphertext)).isEqualTo("text");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not base64!", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEy"})
    void anythingElseIsNoKeyAndIsNotRepeated(String text) {
        assertThatThrownBy(() -> KeyEncryptionKey.fromBase64(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a key-encryption key is 32 random bytes in base64")
                .message()
                .satisfies(message ->
                        assertThat(text.isEmpty() || !message.contains(text)).isTrue());
    }

    @Test
    void printingAKeyShowsOnlyItsId() {
        assertThat(key.toString())
                .matches("KeyEncryptionKey\\[[A-Za-z0-9_-]{8}]")
                .doesNotContain(KEY);
    }
}
