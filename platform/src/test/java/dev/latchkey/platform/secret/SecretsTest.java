package dev.latchkey.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void aSecretHas256BitsInBase64url() {
        assertThat(Secrets.random()).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void anIdIsThirtyTwoHexadecimalDigits() {
        assertThat(Secrets.randomId()).matches("[0-9a-f]{32}");
    }

    @Test
    void noTwoAreEqual() {
        assertThat(IntStream.range(0, 10_000).mapToObj(i -> Secrets.random()).collect(Collectors.toSet()))
                .hasSize(10_000);
        assertThat(IntStream.range(0, 10_000).mapToObj(i -> Secrets.randomId()).collect(Collectors.toSet()))
                .hasSize(10_000);
    }

    @Test
    void theDigestIsSha256OfUtf8() {
        assertThat(HexFormat.of().formatHex(Secrets.sha256("abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(HexFormat.of().formatHex(Secrets.sha256("é")))
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }

    @Test
    void equalityIsThatOfTheWholeText() {
        assertThat(Secrets.equal("abc", "abc")).isTrue();
        assertThat(Secrets.equal("abc", "abd")).isFalse();
        assertThat(Secrets.equal("abc", "ab")).isFalse();
        assertThat(Secrets.equal("", "")).isTrue();
    }
}
