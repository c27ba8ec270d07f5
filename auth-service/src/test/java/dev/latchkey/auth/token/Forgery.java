package dev.latchkey.auth.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** A token made from a good one by changing what it says and how it is signed. */
final class Forgery {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> header;
    private final Map<String, Object> claims;

    private Forgery(Map<String, Object> header, Map<String, Object> claims) {
        this.header = header;
        this.claims = claims;
    }

    /** Begins with a good token. */
    static Forgery of(String accessToken) {
        String[] parts = accessToken.split("\\.");
        return new Forgery(decode(parts[0]), decode(parts[1]));
    }

    Map<String, Object> claims() {
        return claims;
    }

    Map<String, Object> header() {
        return header;
    }

    /** Changes a header parameter; null removes it. */
    Forgery header(String name, Object value) {
        return new Forgery(changed(header, name, value), claims);
    }

    /** Changes a claim; null removes it. */
    Forgery claim(String name, Object value) {
        return new Forgery(header, changed(claims, name, value));
    }

    /** Signs by the algorithm that the header names. */
    String signedWith(Key key) {
        return signedWith(key, write(claims));
    }

    /** Signs another payload. */
    String signedWith(Key key, String payload) {
        JsonWebSignature jws = new JsonWebSignature();
        header.forEach(jws.getHeaders()::setObjectHeaderValue);
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jws.setDoKeyValidation(false);
        jws.setPayload(payload);
        jws.setKey(key);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Puts any third part behind header and claims. */
    String withSignature(String signature) {
        return encode(write(header)) + "." + encode(write(claims)) + "." + signature;
    }

    private static Map<String, Object> changed(Map<String, Object> map, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(map);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> decode(String part) {
        try {
            return JSON.readValue(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8), Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String write(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
