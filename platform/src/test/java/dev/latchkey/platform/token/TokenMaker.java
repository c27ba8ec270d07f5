package dev.latchkey.platform.token;

import dev.latchkey.platform.secret.Secrets;
import java.security.Key;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Makes tokens as auth-service does, and worse ones; immutable. */
public final class TokenMaker {

    public static final String ISSUER = "https://latchkey.example";

    private final EllipticCurveJsonWebKey key;
    private final Map<String, Object> header;
    private final Map<String, Object> claims;

    private TokenMaker(EllipticCurveJsonWebKey key, Map<String, Object> header, Map<String, Object> claims) {
        this.key = key;
        this.header = header;
        this.claims = claims;
    }

    /** Makes good tokens with a new key, issued at a moment and valid for 30 minutes. */
    public static TokenMaker with(Instant issuedAt) {
        EllipticCurveJsonWebKey key;
        try {
            key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
        key.setKeyId(Secrets.randomId());
        key.setUse("sig");
        key.setAlgorithm("ES256");
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "the-user");
        claims.put("aud", ISSUER);
        claims.put("client_id", "https://app.example/");
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", issuedAt.getEpochSecond() + 1800);
        claims.put("jti", "the-token");
        claims.put("sid", "the-grant");
        claims.put("groups", List.of("system-users"));
        return new TokenMaker(
                key, new LinkedHashMap<>(Map.of("alg", "ES256", "typ", "at+jwt", "kid", key.getKeyId())), claims);
    }

    PublicJsonWebKey key() {
        return key;
    }

    Map<String, Object> claims() {
        return claims;
    }

    /** Changes a header parameter; null removes it. */
    TokenMaker header(String name, Object value) {
        return new TokenMaker(key, changed(header, name, value), claims);
    }

    /** Changes a claim; null removes it. */
    public TokenMaker claim(String name, Object value) {
        return new TokenMaker(key, header, changed(claims, name, value));
    }

    public String token() {
        return signedWith(key.getPrivateKey(), JsonUtil.toJson(claims));
    }

    String payload(String payload) {
        return signedWith(key.getPrivateKey(), payload);
    }

    String signedWith(Key other) {
        return signedWith(other, JsonUtil.toJson(claims));
    }

    private String signedWith(Key other, String payload) {
        JsonWebSignature jws = new JsonWebSignature();
        header.forEach(jws.getHeaders()::setObjectHeaderValue);
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jws.setDoKeyValidation(false);
        jws.setPayload(payload);
        jws.setKey(other);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalArgumentException(e);
        }
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
}
