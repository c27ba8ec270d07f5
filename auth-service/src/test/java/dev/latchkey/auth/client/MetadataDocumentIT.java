package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.auth.client.ClientVerdict.InvalidRedirectUri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which client ID metadata documents count, and for what. */
class MetadataDocumentIT extends AppsOnLoopback {

    @Test
    void aMetadataDocumentNamesTheAppAndItsRedirectUris() {
        String id = app.url("/meta.json");
        app.json("/meta.json", document(id));

        assertThat(verify(id, "http://127.0.0.1:51234/cb"))
                .isEqualTo(new Allowed(
                        new ClientApp(
                                id, Optional.of("My App"), List.of("http://127.0.0.1/cb"), true, Optional.empty()),
                        false,
                        "127.0.0.1:" + app.port()));
        assertThat(describe(id)).flatMap(ClientApp::name).contains("My App");
    }

    @Test
    void aSameOriginVerdictUsesTheNameWhenItIsKnownAlready() {
        String id = app.url("/meta.json");
        app.json("/meta.json", document(id));
        describe(id);

        assertThat(((Allowed) verify(id, app.url("/cb"))).app().name()).contains("My App");
        assertThat(app.requests()).hasSize(1);
    }

    @Test
    void aDocumentCountsOnlyWholeAndWithStatus200AtTheVeryAddress() {
        String type = "Content-Type: application/json\r\n";
        app.on("/404", "404 Not Found", type, document(app.url("/404")))
                .on("/moved", "302 Found", "Location: /doc\r\n", "")
                .json("/doc", document(app.url("/moved")))
                .json("/long", document(app.url("/long")) + " ".repeat(11_000))
                .on(
                        "/cut",
                        out -> say(
                                out,
                                "HTTP/1.1 200 OK\r\n" + type + "Content-Length: 5000\r\n\r\n"
                                        + document(app.url("/cut"))));

        for (String path : List.of("/404", "/moved", "/long", "/cut")) {
            assertThat(verify(app.url(path), "http://127.0.0.1/cb"))
                    .as(path)
                    .isEqualTo(new InvalidRedirectUri("document_not_served"));
        }
    }

    @Test
    void jsonIsNeverScannedForTags() {
        app.json("/", "{\"echo\": \"" + LINK + "\"}");

        assertThat(verify(app.url("/"), CALLBACK)).isEqualTo(new InvalidRedirectUri("document_of_another_client"));
    }

    @Test
    void aDocumentOverPlainHttpCountsOnLoopbackHostsOnly() {
        String id = "http://app.example.com:" + app.port() + "/meta.json";
        app.json("/meta.json", document(id));

        assertThat(verify(id, "http://127.0.0.1/cb")).isEqualTo(new InvalidRedirectUri("document_needs_https"));
    }

    private static String document(String id) {
        return "{\"client_id\": \"" + id
                + "\", \"client_name\": \"My App\", \"redirect_uris\": [\"http://127.0.0.1/cb\"]}";
    }
}
