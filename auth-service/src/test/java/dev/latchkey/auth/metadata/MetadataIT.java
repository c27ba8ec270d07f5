package dev.latchkey.auth.metadata;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.testing.RawHttp;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and gateways learn without asking anybody (decision A18; RFC 8414, RFC 9728, RFC 7517). */
@AuthServiceTest
class MetadataIT {

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "http://latchkey.internal:8123"})
    void theAuthorizationServerDescribesItselfCompletely(String address) {
        assertThat(get("oauth-authorization-server", hostOf(address))).isEqualTo(authorizationServer(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "evil.example", "example.com.evil.example", "example.com:444"})
    void aHostThatIsNotConfiguredIsNeverRepeated(String host) {
        assertThat(get("oauth-authorization-server", host)).isEqualTo(authorizationServer("https://example.com"));
        RawHttp.Answer answer = RawHttp.send("GET", "/.well-known/oauth-protected-resource", "Host: " + host);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"No URL available\"}");
    }

    @Test
    void aForwardedHostIsNotBelieved() {
        RawHttp.Answer answer = RawHttp.send(
                "GET",
                "/.well-known/oauth-authorization-server",
                "Host: example.com",
                "X-Forwarded-Host: evil.example",
                "Forwarded: host=evil.example");

        assertThat(answer.body()).doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "http://latchkey.internal:8123"})
    void theProtectedResourceNamesItsAuthorizationServer(String address) {
        assertThat(get("oauth-protected-resource", hostOf(address)))
                .containsEntry("resource", address)
                .containsEntry("authorization_servers", List.of(address))
                .containsEntry("jwks_uri", address + "/.well-known/jwks.json")
                .containsEntry("bearer_methods_supported", List.of("header"))
                .containsEntry("resource_documentation", "https://developers.home-assistant.io/docs/auth_api");
    }

    @Test
    void aHostIsComparedWithoutCase() {
        assertThat(get("oauth-protected-resource", "EXAMPLE.com")).containsEntry("resource", "https://example.com");
    }

    @Test
    void theKeySetHoldsPublicKeysOnly() {
        List<Map<String, Object>> keys = given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("keys");

        assertThat(keys)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key)
                        .containsOnlyKeys("kty", "kid", "use", "alg", "crv", "x", "y")
                        .containsEntry("use", "sig")
                        .containsEntry("alg", "ES256"));
    }

    @Test
    void passwordManagersFindWhereAPasswordIsChanged() {
        given().redirects()
                .follow(false)
                .get("/.well-known/change-password")
                .then()
                .statusCode(302)
                .header("Location", "/auth/change-password");
    }

    private static Map<String, Object> authorizationServer(String address) {
        Map<String, Object> expected = new HashMap<>();
        expected.put("issuer", address);
        expected.put("authorization_endpoint", address + "/auth/authorize");
        expected.put("token_endpoint", address + "/auth/token");
        expected.put("revocation_endpoint", address + "/auth/revoke");
        expected.put("introspection_endpoint", address + "/auth/introspect");
        expected.put("jwks_uri", address + "/.well-known/jwks.json");
        expected.put("response_types_supported", List.of("code"));
        expected.put("response_modes_supported", List.of("query"));
        expected.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        expected.put("code_challenge_methods_supported", List.of("S256"));
        expected.put("token_endpoint_auth_methods_supported", List.of("none"));
        expected.put("revocation_endpoint_auth_methods_supported", List.of("none"));
        expected.put("authorization_response_iss_parameter_supported", true);
        expected.put("client_id_metadata_document_supported", true);
        expected.put("service_documentation", "https://developers.home-assistant.io/docs/auth_api");
        return expected;
    }

    private static Map<String, Object> get(String document, String host) {
        RawHttp.Answer answer = RawHttp.send("GET", "/.well-known/" + document, "Host: " + host);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        return JsonPath.from(answer.body()).getMap("$");
    }

    private static String hostOf(String address) {
        return address.substring(address.indexOf("//") + 2);
    }
}
