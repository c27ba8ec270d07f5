package dev.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.RawHttp;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever path, host or format a stranger asks for, the answer is never 500. */
@AuthServiceTest
class HostileTargetIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/providers?%zz",
                "/auth/providers?a=%00",
                "/auth/providers/%00",
                "/auth/login_flow/%zz",
                "/auth/login_flow/%ff",
                "/auth/login_flow/",
                "/auth//login_flow",
                "/auth/./token",
                "/auth/%2e%2e/token",
                "/.well-known/../auth/token",
                "/.well-known/jwks.json;x=y",
                "/api/%2f",
                "//",
                "/%",
                "/%c0%af",
                "*",
                "http://other.example/auth/providers"
            })
    void noPathIsTooMuch(String target) {
        for (String method : List.of("GET", "POST", "HEAD", "DELETE", "OPTIONS", "PUT", "PROPFIND")) {
            RawHttp.Answer answer = RawHttp.send(method, target, "Content-Length: 0");
            assertThat(answer.status()).as(method).isBetween(200, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "*", "text/html, image/gif, *; q=.2, */*; q=.2", "/", "a/b;q=x", ";", "text/html"})
    void noAcceptHeaderIsTooMuch(String accept) {
        assertThat(RawHttp.send("GET", "/auth/providers", "Accept: " + accept).status())
                .isBetween(200, 499);
        assertThat(RawHttp.send("GET", "/api/", "Accept: " + accept).status()).isBetween(200, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::", "a b", "[::1", "example.com:99999", "\u00ff", "example.com@evil.example"})
    void noHostIsTooMuch(String host) {
        for (String path :
                List.of("/.well-known/oauth-authorization-server", "/.well-known/oauth-protected-resource", "/api/")) {
            assertThat(RawHttp.send("GET", path, "Host: " + host).status())
                    .as(path)
                    .isBetween(200, 499);
        }
    }
}
