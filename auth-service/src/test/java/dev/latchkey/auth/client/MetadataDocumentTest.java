package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.client.MetadataDocument.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataDocumentTest {

    private static final String ID = "https://app.io/meta.json";

    @Test
    void aDocumentSaysNameRedirectUrisAndHomePage() {
        assertThat(read(ID, """
                {"client_id": "https://app.io/meta.json", "client_name": "My App", "client_uri": "https://app.io/",
                 "redirect_uris": ["http://127.0.0.1/cb", "com.example.app:/cb"], "token_endpoint_auth_method": "none",
                 "grant_types": ["authorization_code"], "jwks": {"keys": [{"kty": "EC", "x": "a", "y": "b"}]}}"""))
                .isEqualTo(new Reading.Accepted(new ClientApp(
                        ID,
                        Optional.of("My App"),
                        List.of("http://127.0.0.1/cb", "com.example.app:/cb"),
                        true,
                        Optional.of("https://app.io/"))));
    }

    @Test
    void theIdAloneIsEnough() {
        assertThat(accepted("")).isEqualTo(new ClientApp(ID, Optional.empty(), List.of(), true, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.io/Meta.json",
                "https://APP.io/meta.json",
                "https://app.io:443/meta.json",
                "https://app.io/meta.json/",
                "https://app.io/%6deta.json",
                "http://app.io/meta.json",
                "https://app.io/meta.json#",
                "https://evil.io/",
                "",
            })
    void theDocumentMustNameItsOwnAddressByTheVerySameText(String named) { // B11
        assertThat(read(ID, "{\"client_id\": \"" + named + "\"}"))
                .isEqualTo(new Reading.Refused("document_of_another_client"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"client_secret\": \"x\" | document_has_secret",
                "\"client_secret\": null | document_has_secret",
                "\"client_secret_expires_at\": 0 | document_has_secret",
                "\"token_endpoint_auth_method\": \"client_secret_basic\" | document_auth_method",
                "\"token_endpoint_auth_method\": \"client_secret_post\" | document_auth_method",
                "\"token_endpoint_auth_method\": \"client_secret_jwt\" | document_auth_method",
                "\"token_endpoint_auth_method\": \"private_key_jwt\" | document_auth_method",
                "\"token_endpoint_auth_method\": [\"none\"] | document_auth_method",
                "\"jwks\": {\"keys\": [{\"kty\": \"EC\", \"d\": \"x\"}]} | document_has_private_key",
                "\"jwks\": {\"keys\": [{\"kty\": \"RSA\"}, {\"kty\": \"oct\", \"k\": \"x\"}]} | document_has_private_key",
                "\"redirect_uris\": \"https://app.io/cb\" | document_redirect_uris",
                "\"redirect_uris\": [1] | document_redirect_uris",
                "\"redirect_uris\": [[\"https://app.io/cb\"]] | document_redirect_uris",
                "\"redirect_uris\": {\"a\": \"b\"} | document_redirect_uris",
                "\"redirect_uris\": null | document_redirect_uris",
            })
    void secretsKeysAndMalformedListsAreRefused(String member, String code) { // B12
        assertThat(read(ID, "{\"client_id\": \"" + ID + "\", " + member + "}")).isEqualTo(new Reading.Refused(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "1",
                "{",
                "{\"client_id\": \"https://app.io/meta.json\"",
                "{\"client_id\": \"https://app.io/meta.json\"} {}",
                "<html></html>",
                "{\"client_id\": \"https://app.io/meta.json\", \"client_id\": \"https://evil.io\"}",
            })
    void whatIsNotExactlyOneJsonObjectIsRefused(String body) {
        assertThat(read(ID, body)).isEqualTo(new Reading.Refused("document_not_json"));
    }

    @Test
    void deepNestingAndLongListsAreRefusedWithoutHarm() {
        assertThat(read(ID, "[".repeat(10_000))).isEqualTo(new Reading.Refused("document_not_json"));
        assertThat(read(
                        ID,
                        "{\"client_id\": \"" + ID + "\", \"redirect_uris\": [" + "\"a:b\",".repeat(100) + "\"a:b\"]}"))
                .isEqualTo(new Reading.Refused("document_redirect_uris"));
        assertThat(read(ID, "{\"client_id\": \"" + ID + "\", \"redirect_uris\": [\"a:" + "b".repeat(2048) + "\"]}"))
                .isEqualTo(new Reading.Refused("document_redirect_uris"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://app.io/m, false",
        "http://192.168.0.2/m, false",
        "http://localhost:3000/m, true",
        "http://127.0.0.1:3000/m, true",
        "http://[::1]/m, true",
        "https://app.io/m, true",
    })
    void aDocumentNeedsHttpsExceptOnLoopback(String id, boolean accepted) {
        assertThat(read(id, "{\"client_id\": \"" + id + "\"}") instanceof Reading.Accepted)
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.io/",
                "https://app.io.evil.io/",
                "http://app.io/",
                "https://app.io/other",
                "javascript:x",
                ""
            })
    void aHomePageThatIsNoPrefixOfTheIdIsLeftOut(String uri) {
        assertThat(accepted(", \"client_uri\": \"" + uri + "\"").clientUri()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'My\\u202eApp\\u0000', MyApp",
        "'  a \\n\\t b\\u2028c ', a b c",
        "'\\u200bH\\u2066i\\u2069', Hi",
        "'\\ud83d\\ude80 Rocket', '\uD83D\uDE80 Rocket'",
        "'\\ud83dx', x",
    })
    void namesAreCleanedForDisplay(String json, String shown) { // A22, A23
        assertThat(accepted(", \"client_name\": \"" + json + "\"").name()).contains(shown);
    }

    @Test
    void namesAreCutAndEmptyOnesAreNone() {
        assertThat(accepted(", \"client_name\": \"" + "\uD83D\uDE80".repeat(500) + "\"")
                        .name()
                        .orElseThrow()
                        .codePointCount(0, 200))
                .isEqualTo(100);
        assertThat(accepted(", \"client_name\": \" \\u200b \"").name()).isEmpty();
        assertThat(accepted(", \"client_name\": {\"en\": \"x\"}").name()).isEmpty();
    }

    private static ClientApp accepted(String members) {
        Reading reading = read(ID, "{\"client_id\": \"" + ID + "\"" + members + "}");
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted) reading).app();
    }

    private static Reading read(String id, String body) {
        return MetadataDocument.read(ClientId.parse(id).orElseThrow(), body.getBytes(StandardCharsets.UTF_8));
    }
}
