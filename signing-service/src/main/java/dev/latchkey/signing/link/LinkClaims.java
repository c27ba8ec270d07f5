package dev.latchkey.signing.link;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.latchkey.platform.request.Parameter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the signature of a link says (decision S2).
 *
 * @param grantId {@code iss}: the refresh token that made it
 * @param userId {@code sub}
 * @param path decoded
 * @param params the decoded pairs that count, in order
 * @param issuedAt seconds since the epoch
 * @param expiresAt seconds since the epoch; from this moment on it is worth nothing
 */
public record LinkClaims(
        String grantId, String userId, String path, List<Parameter> params, long issuedAt, long expiresAt) {

    private static final JsonFactory JSON = new JsonFactory();

    public LinkClaims {
        params = List.copyOf(params);
    }

    /** Returns compact JSON with the keys in the order of the decision. */
    String write() {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("iss", grantId);
            json.writeStringField("sub", userId);
            json.writeStringField("path", path);
            json.writeArrayFieldStart("params");
            for (Parameter param : params) {
                json.writeStartArray();
                json.writeString(param.name());
                json.writeString(param.value());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeNumberField("iat", issuedAt);
            json.writeNumberField("exp", expiresAt);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be written", e);
        }
        return text.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param claims UTF-8
     * @throws IOException when it is anything else
     */
    static LinkClaims read(byte[] claims) throws IOException {
        try (JsonParser json = JSON.createParser(claims)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            String grantId = text(json, "iss");
            String userId = text(json, "sub");
            String path = text(json, "path");
            List<Parameter> params = params(json);
            long issuedAt = number(json, "iat");
            long expiresAt = number(json, "exp");
            require(json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null);
            return new LinkClaims(grantId, userId, path, params, issuedAt, expiresAt);
        }
    }

    private static List<Parameter> params(JsonParser json) throws IOException {
        require("params".equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_ARRAY);
        if (json.nextToken() == JsonToken.END_ARRAY) {
            return List.of();
        }
        List<Parameter> params = new ArrayList<>();
        do {
            require(json.currentToken() == JsonToken.START_ARRAY);
            Parameter param = new Parameter(element(json), element(json));
            require(json.nextToken() == JsonToken.END_ARRAY);
            params.add(param);
        } while (json.nextToken() != JsonToken.END_ARRAY);
        return params;
    }

    private static String element(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static String text(JsonParser json, String name) throws IOException {
        require(name.equals(json.nextFieldName()) && json.nextToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static long number(JsonParser json, String name) throws IOException {
        require(name.equals(json.nextFieldName()) && json.nextToken() == JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void require(boolean expected) throws IOException {
        if (!expected) {
            throw new IOException("these are no claims of a link");
        }
    }
}
