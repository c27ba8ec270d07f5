package dev.latchkey.flow.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private final Masking masking = Masking.of(
            Map.of("host", "device.example", "token", Secret.of("a b+c"), "tls", Map.of("key", Secret.of("nested"))),
            Map.of("more", List.of(Secret.of("a b+c and more"), Secret.of(""))));

    @Test
    void secretsAreTakenOutWhereverTheyAre() {
        assertThat(masking.mask("GET https://device.example/?t=a+b%2Bc said: a b+c, nested"))
                .isEqualTo("GET https://device.example/?t=******** said: ********, ********");
    }

    @Test
    void aSecretThatHoldsAnotherIsTakenOutWhole() {
        assertThat(masking.mask("(a b+c and more)")).isEqualTo("(********)");
    }

    @Test
    void theCausesOfAFailureAreMaskedToo() {
        assertThat(masking.trace(new IllegalStateException("failed", new IOException("sent nested"))))
                .contains("IOException: sent ********")
                .doesNotContain("sent nested");
    }

    @Test
    void whatIsNoSecretStays() {
        assertThat(masking.mask("device.example is offline")).isEqualTo("device.example is offline");
        assertThat(masking.mask(null)).isNull();
    }
}
