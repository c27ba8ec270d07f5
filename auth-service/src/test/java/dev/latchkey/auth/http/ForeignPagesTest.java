package dev.latchkey.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignPagesTest {

    private static final String HOST = "id.example:8443";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"same-origin, null", "none, -", "same-origin, https://ID.example:8443", "-, null", "-, -"})
    void aRequestOfOurOwnPageIsNotForeign(String site, String origin) {
        assertThat(ForeignPages.isForeign(site, origin, HOST)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cross-site, null",
                "same-site, null",
                "anything, -",
                "cross-site, https://id.example:8443",
                "-, https://evil.example",
                "-, https://id.example",
                "-, https://id.example:8443.evil.example",
                "same-origin, https://evil.example",
                "-, nonsense",
            })
    void aRequestOfAnybodyElsesPageIsForeign(String site, String origin) {
        assertThat(ForeignPages.isForeign(site, origin, HOST)).isTrue();
    }
}
