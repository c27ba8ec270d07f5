package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.outbound.OutboundResult.Response;
import dev.latchkey.testing.RawServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which redirects are followed. */
class OutboundRedirectsIT extends OutboundClients {

    @Test
    void redirectsAreAnswersUnlessTheCallerAsksToFollowThem() throws IOException {
        try (RawServer server = redirecting("/next")) {
            Response response = answered(get("http://127.0.0.1:" + server.port() + "/"));

            assertThat(response.status()).isEqualTo(302);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void redirectsWithinTheOriginAreFollowedWhenAsked() throws IOException {
        try (RawServer server = redirecting("/next")) {
            String url = "http://127.0.0.1:" + server.port();
            Response response = answered(follow(url));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.redirected()).isTrue();
            assertThat(response.finalUrl()).isEqualTo(url + "/next");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://localhost/",
                "//127.0.0.1:6379/",
                "https://127.0.0.1/",
                "ftp://x/",
                "http://[bad",
                "/%2e%2e/admin",
                "/..;/admin",
                "http://127.0.0.1\\@evil/",
                "file:///etc/passwd",
                "",
            })
    void redirectsElsewhereAreNeverFollowed(String location) throws IOException {
        try (RawServer server = redirecting(location)) {
            assertThat(answered(follow("http://127.0.0.1:" + server.port() + "/?loop"))
                            .status())
                    .isEqualTo(302);
            assertThat(server.heads()).allMatch(head -> head.startsWith("GET /?loop "));
        }
    }

    @Test
    void redirectLoopsEndAfterThree() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 307 T\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(answered(follow("http://127.0.0.1:" + server.port() + "/"))
                            .status())
                    .isEqualTo(307);
            assertThat(server.heads()).hasSize(4);
        }
    }

    private OutboundResult follow(String url) {
        return client(this::loopback, 10)
                .send(request(url, PATIENT).followingSameOrigin())
                .join();
    }
}
