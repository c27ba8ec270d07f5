package dev.latchkey.auth.token;

import dev.latchkey.platform.secret.KeyEncryptionKey;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.token.AccessTokenReader;
import dev.latchkey.platform.token.NativeSignatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.jwx.Headers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A key pair that signs access tokens; docs/adr says why it is ES256 (RFC 7518 section 3.4). */
record SigningKey(
        PublicJsonWebKey jwk, PrivateKey privateKey, PublicKey publicKey, Instant signsFrom, String encodedHeader) {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** The length of an ES256 signature in a token, in bytes (RFC 7518 section 3.4). */
    private static final int SIGNATURE_LENGTH = 64;

    String kid() {
        return jwk.getKeyId();
    }

    static SigningKey generate(Instant signsFrom) {
        try {
            EllipticCurveJsonWebKey jwk = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            jwk.setKeyId(Secrets.randomId());
            jwk.setUse(Use.SIGNATURE);
            jwk.setAlgorithm(AccessTokenReader.ALGORITHM);
            return of(jwk, signsFrom);
        } catch (JoseException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    static SigningKey of(SigningKeyEntity entity, KeyEncryptionKey kek) {
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(kek.decrypt(entity.privateJwe));
            return of(jwk, entity.signsFrom);
        } catch (JoseException e) {
            throw new IllegalStateException("signing key " + entity.kid + " is damaged", e);
        }
    }

    private static SigningKey of(PublicJsonWebKey jwk, Instant signsFrom) {
        return new SigningKey(
                jwk,
                NativeSignatures.translate(jwk.getPrivateKey()),
                NativeSignatures.translate(jwk.getPublicKey()),
                signsFrom,
                encodedHeader(jwk.getKeyId()));
    }

    private static String encodedHeader(String kid) {
        Headers headers = new Headers();
        headers.setStringHeaderValue(HeaderParameterNames.ALGORITHM, AccessTokenReader.ALGORITHM);
        headers.setStringHeaderValue(HeaderParameterNames.TYPE, AccessTokenReader.TYPE);
        headers.setStringHeaderValue(HeaderParameterNames.KEY_ID, kid);
        return headers.getEncodedHeader();
    }

    /**
     * Returns an access token in compact form (RFC 7515 section 7.1). By hand, because what does not change is the same for
     * every token of a key, and a library does it anew.
     *
     * @param claims JSON in UTF-8
     */
    String sign(byte[] claims) {
        String signed = encodedHeader + '.' + BASE64URL.encodeToString(claims);
        try {
            Signature signature = NativeSignatures.ecdsa();
            signature.initSign(privateKey);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            byte[] concatenated = EcdsaUsingShaAlgorithm.convertDerToConcatenated(signature.sign(), SIGNATURE_LENGTH);
            return signed + '.' + BASE64URL.encodeToString(concatenated);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a P-256 key can sign", e);
        }
    }

    SigningKeyEntity toEntity(KeyEncryptionKey kek, Instant now) {
        SigningKeyEntity entity = new SigningKeyEntity();
        entity.kid = kid();
        entity.privateJwe = kek.encrypt(jwk.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        entity.createdAt = now;
        entity.signsFrom = signsFrom;
        return entity;
    }

    /** Returns the form that is published: no private part. */
    JsonWebKey published() {
        try {
            return JsonWebKey.Factory.newJwk(jwk.toJson(OutputControlLevel.PUBLIC_ONLY));
        } catch (JoseException e) {
            throw new IllegalStateException("a generated key can be written", e);
        }
    }
}
