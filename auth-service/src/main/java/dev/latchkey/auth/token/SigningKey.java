package dev.latchkey.auth.token;

import dev.latchkey.platform.secret.KeyEncryptionKey;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.token.AccessTokenReader;
import dev.latchkey.platform.token.NativeSignatures;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A key pair that signs access tokens; docs/adr says why it is ES256 (RFC 7518 section 3.4). */
record SigningKey(PublicJsonWebKey jwk, PrivateKey privateKey, PublicKey publicKey, Instant signsFrom) {

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
                signsFrom);
    }

    SigningKeyEntity toEntity(KeyEncryptionKey kek, Instant now) {
        SigningKeyEntity entity = new SigningKeyEntity();
        entity.kid = kid();
        entity.publicJwk = jwk.toJson(OutputControlLevel.PUBLIC_ONLY);
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
