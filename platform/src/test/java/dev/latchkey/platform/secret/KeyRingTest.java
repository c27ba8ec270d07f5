package dev.latchkey.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    @Test
    void theFirstKeyEncryptsAndEachDecryptsItsOwn() {
        String ciphertext = KeyRing.of(List.of(OLD)).encrypt("open sesame");
        KeyRing rotated = KeyRing.of(List.of(NEW, OLD));

        assertThat(rotated.decrypt(ciphertext)).isEqualTo("open sesame");
        assertThat(KeyEncryptionKey.idOf(ciphertext)).isNotEqualTo(rotated.currentId());
        assertThat(KeyEncryptionKey.idOf(rotated.encrypt("open sesame"))).isEqualTo(rotated.currentId());
    }

    @Test
    void aKeyThatWasTakenAwayDecryptsNothing() {
        String ciphertext = KeyRing.of(List.of(OLD)).encrypt("open sesame");
        KeyRing without = KeyRing.of(List.of(NEW));

        assertThatThrownBy(() -> without.decrypt(ciphertext))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not configured any more");
    }

    @Test
    void whatIsNoCiphertextIsRefused() {
        KeyRing ring = KeyRing.of(List.of(NEW));

        assertThatThrownBy(() -> ring.decrypt("open sesame")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ring.decrypt("a.b.c")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noKeyAtAllIsRefused() {
        assertThatThrownBy(() -> KeyRing.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noKeyIsShown() {
        assertThat(KeyRing.of(List.of(NEW, OLD))).asString().doesNotContain(NEW, OLD);
    }

    private static String key(int fill) {
        byte[] bits = new byte[32];
        java.util.Arrays.fill(bits, (byte) fill);
        return Base64.getEncoder().encodeToString(bits);
    }
}
