package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.form.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private final Masking masking = Masking.of(new EntryData(
            "id",
            "fake",
            "Fake",
            null,
            Map.of("host", "device.example", "token", Secret.of("a b+c"), "tls", Map.of("key", Secret.of("nested"))),
            Map.of("more", List.of(Secret.of("a b+c and more"), Secret.of(""))),
            1,
            1));

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
    void whatIsNoSecretStays() {
        assertThat(masking.mask("device.example is offline")).isEqualTo("device.example is offline");
        assertThat(masking.mask(null)).isNull();
    }
}
