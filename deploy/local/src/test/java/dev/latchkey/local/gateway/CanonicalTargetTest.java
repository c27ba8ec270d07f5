package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/auth/authorize",
                "/auth/authorize?redirect_uri=https://app.example//back/../x%2F%5C",
                "/a/b;v=1",
                "/%C3%A9t%C3%A9",
                "/a/.well-known",
                "/...",
                "/a%20b"
            })
    void aTargetThatReadsOneWayIsLetThrough(String target) {
        assertThat(CanonicalTarget.path(target)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "auth/token",
                "http://elsewhere.example/auth/token",
                "//auth/token",
                "/auth//token",
                "/auth\\token",
                "/auth/../q/metrics",
                "/auth/./token",
                "/auth/..",
                "/auth/%2e%2e/q/metrics",
                "/auth/%2E./q/metrics",
                "/auth/..;/q/metrics",
                "/auth/%2e;x=1/token",
                "/auth%2Ftoken",
                "/auth%2ftoken",
                "/auth%5Ctoken",
                "/auth%00",
                "/auth%0d%0aX:1",
                "/auth%7f",
                "/auth%3Bx",
                "/auth%3Fx",
                "/auth%23x",
                "/auth#x",
                "/auth?a#x",
                "/auth%",
                "/auth%2",
                "/auth%zz",
                "/auth token",
                "/auth\u0001",
                "/été"
            })
    void aTargetThatCouldReadAnotherWayIsRefused(String target) {
        assertThat(CanonicalTarget.path(target)).isEmpty();
    }

    @Test
    void thePathEndsWhereTheQueryBegins() {
        assertThat(CanonicalTarget.path("/auth/token?a=/b?c")).contains("/auth/token");
    }
}
