package dev.latchkey.signing.decision;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ada|Ada",
                "Ada Lovelace|Ada Lovelace",
                "https://app.example/?a=1&b|https://app.example/?a=1&b",
                "caf\u00e9|caf%C3%A9",
                "\ud83d\udd11|%F0%9F%94%91",
                "100%|100%25",
                "-|%2D",
                "--|--"
            })
    void aValueIsPlainTextOrEscaped(String text, String value) {
        assertThat(Identity.value(text)).isEqualTo(value);
    }

    @Test
    void nothingIsADash() {
        assertThat(Identity.value(null)).isEqualTo("-");
        assertThat(Identity.value("")).isEqualTo("-");
        assertThat(Identity.value("   ")).isEqualTo("-");
    }

    @Test
    void nobodyCanEndTheHeaderOrFillIt() {
        assertThat(Identity.value("a\r\nX-Auth-User-Id: owner")).isEqualTo("a%0D%0AX-Auth-User-Id: owner");
        assertThat(Identity.value("\u00e9".repeat(10_000))).hasSizeLessThan(1_100);
    }

    @Property
    void everyValueIsOneThatAHeaderMayHave(@ForAll String text) {
        assertThat(Identity.value(text))
                .matches("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?")
                .doesNotContain("\r", "\n");
    }
}
