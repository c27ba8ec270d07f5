package dev.latchkey.auth.client;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.platform.net.WebAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a client ID metadata document (draft-ietf-oauth-client-id-metadata-document, RFC 7591 section 2). Strict: a document
 * that is not exactly what the draft demands is no document.
 */
final class MetadataDocument {

    private static final int MOST_REDIRECT_URIS = 100;

    private static final Set<String> PRIVATE_KEY_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private MetadataDocument() {}

    /**
     * @param id whose document it should be
     * @param body the whole document
     * @return the app, or why the document is refused as a stable code
     */
    static Reading read(ClientId id, byte[] body) {
        JsonNode document;
        try {
            document = JSON.readTree(body);
        } catch (IOException e) {
            return new Reading.Refused("document_not_json");
        }
        if (document == null || !document.isObject()) {
            return new Reading.Refused("document_not_json");
        }
        return problem(id, document)
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Accepted(app(id, document)));
    }

    /** How reading a document ended. */
    sealed interface Reading {
        record Accepted(ClientApp app) implements Reading {}

        record Refused(String code) implements Reading {}
    }

    private static Optional<String> problem(ClientId id, JsonNode document) {
        if (!id.address().isHttps() && !id.onLoopback()) {
            return Optional.of("document_needs_https");
        }
        JsonNode named = document.path("client_id");
        if (!named.isTextual() || !named.textValue().equals(id.value())) {
            return Optional.of("document_of_another_client");
        }
        if (document.properties().stream().anyMatch(member -> member.getKey().startsWith("client_secret"))) {
            return Optional.of("document_has_secret");
        }
        // We authenticate no client; taking one that demands it at less than its word would be a downgrade.
        JsonNode method = document.path("token_endpoint_auth_method");
        if (!method.isMissingNode() && !method.isNull() && !method.asText().equals("none")) {
            return Optional.of("document_auth_method");
        }
        if (hasPrivateKey(document.path("jwks").path("keys"))) {
            return Optional.of("document_has_private_key");
        }
        return hasRedirectUriList(document.path("redirect_uris"))
                ? Optional.empty()
                : Optional.of("document_redirect_uris");
    }

    private static boolean hasPrivateKey(JsonNode keys) {
        for (JsonNode key : keys) {
            if (PRIVATE_KEY_MEMBERS.stream().anyMatch(key::has)) {
                return true;
            }
        }
        return false;
    }

    /** Absent is fine: then only URIs of the client's own origin are its. */
    private static boolean hasRedirectUriList(JsonNode uris) {
        if (uris.isMissingNode()) {
            return true;
        }
        if (!uris.isArray() || uris.size() > MOST_REDIRECT_URIS) {
            return false;
        }
        for (JsonNode uri : uris) {
            if (!uri.isTextual() || uri.textValue().length() > WebAddress.LONGEST) {
                return false;
            }
        }
        return true;
    }

    private static ClientApp app(ClientId id, JsonNode document) {
        List<String> uris = new ArrayList<>();
        document.path("redirect_uris").forEach(uri -> uris.add(uri.textValue()));
        Optional<String> clientUri = Optional.ofNullable(
                        document.path("client_uri").textValue())
                .filter(id.value()::startsWith)
                .filter(uri ->
                        WebAddress.parse(uri).filter(id.address()::sameOrigin).isPresent());
        return new ClientApp(
                id.value(), DisplayText.clean(document.path("client_name").textValue()), uris, true, clientUri);
    }
}
