package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.introspect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.platform.secret.Secrets;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what this service signed as an access token is one (RFC 8725, RFC 9068 section 4). */
@AuthServiceTest
class ForgedTokenIT {

    @Inject
    People people;

    @Inject
    SigningKeys keys;

    private Person person;
    private String genuine;
    private Forgery forgery;

    @BeforeEach
    void aGoodToken() {
        person = people.someone("system-users");
        genuine = people.signIn(person).accessToken();
        forgery = Forgery.of(genuine);
    }

    @Test
    void anAccessTokenSaysExactlyWhatItsProfileDemands() {
        assertThat(forgery.header()).containsOnlyKeys("alg", "typ", "kid").containsEntry("typ", "at+jwt");
        assertThat(forgery.claims())
                .containsOnlyKeys("iss", "sub", "aud", "client_id", "iat", "exp", "jti", "sid", "groups")
                .containsEntry("iss", "https://example.com")
                .containsEntry("aud", "https://example.com")
                .containsEntry("sub", person.id())
                .containsEntry("client_id", People.CLIENT_ID)
                .containsEntry("groups", List.of("system-users"));
        assertThat((Integer) forgery.claims().get("exp")
                        - (Integer) forgery.claims().get("iat"))
                .isEqualTo(1800);
    }

    @Test
    void theForgeryIsGoodWhenNothingIsChanged() {
        assertAccepted(forgery.signedWith(ourKey()));
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            assertRefused(forgery.header("alg", none).withSignature(""));
            assertRefused(forgery.header("alg", none).withSignature(genuine.split("\\.")[2]));
        }
        assertRefused(forgery.withSignature(""));
        assertRefused(
                forgery.withSignature(Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64])));
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() {
        String jwk = keys.current().jwk().toJson(OutputControlLevel.PUBLIC_ONLY);
        byte[] encoded = keys.current().jwk().getPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(encoded) + "\n-----END PUBLIC KEY-----\n";

        for (byte[] secret :
                List.of(jwk.getBytes(StandardCharsets.UTF_8), encoded, pem.getBytes(StandardCharsets.UTF_8))) {
            assertRefused(forgery.header("alg", "HS256").signedWith(new HmacKey(secret)));
        }
    }

    @Test
    void aKeyThatIsNotOursIsRefusedHoweverItIsNamed() throws NoSuchAlgorithmException {
        SigningKey other = SigningKey.generate(Instant.now());
        assertRefused(forgery.signedWith(other.privateKey()));
        assertRefused(forgery.header("kid", other.kid()).signedWith(other.privateKey()));
        Map<String, Object> jwk = other.jwk().toParams(OutputControlLevel.PUBLIC_ONLY);
        assertRefused(forgery.header("jwk", jwk).signedWith(other.privateKey()));
        assertRefused(forgery.header("jku", "http://127.0.0.1/keys").signedWith(other.privateKey()));
        assertRefused(forgery.header("x5u", "http://127.0.0.1/chain").signedWith(other.privateKey()));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertRefused(
                forgery.header("alg", "RS256").signedWith(rsa.generateKeyPair().getPrivate()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "../../../../dev/null",
                "/etc/passwd",
                "' or '1'='1",
                "http://127.0.0.1/jwks.json",
                "\u0000",
                "é"
            })
    void aKeyIdIsLookedUpAndNothingElse(String kid) {
        assertRefused(forgery.header("kid", kid).signedWith(ourKey()));
    }

    @Test
    void aKeyIdOfAnotherTypeOrLengthIsRefused() {
        assertRefused(forgery.header("kid", null).signedWith(ourKey()));
        assertRefused(forgery.header("kid", "x".repeat(3_000)).signedWith(ourKey()));
        assertRefused(forgery.header("kid", 5).withSignature("AAAA"));
        assertRefused(forgery.header("kid", List.of(keys.current().kid())).withSignature("AAAA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "", "at", "logout+jwt", "secevent+jwt", "dpop+jwt", "latchkey-path+jwt"})
    void anotherTypeOfTokenIsRefused(String type) {
        assertRefused(forgery.header("typ", type).signedWith(ourKey()));
    }

    @Test
    void aTokenWithoutATypeOrWithAnUnknownCriticalParameterIsRefused() {
        assertRefused(forgery.header("typ", null).signedWith(ourKey()));
        assertRefused(forgery.header("crit", List.of("x")).header("x", 1).signedWith(ourKey()));
    }

    @Test
    void aTokenOfOrForSomebodyElseIsRefused() {
        for (Object issuer : List.of(
                "https://example.com/",
                "https://EXAMPLE.com",
                "http://example.com",
                "",
                5,
                List.of("https://example.com"))) {
            assertRefused(forgery.claim("iss", issuer).signedWith(ourKey()));
            if (!(issuer instanceof List)) {
                assertRefused(forgery.claim("aud", issuer).signedWith(ourKey()));
            }
        }
        assertRefused(forgery.claim("aud", List.of()).signedWith(ourKey()));
        assertRefused(forgery.claim("aud", List.of("https://other.example")).signedWith(ourKey()));
        assertRefused(forgery.claim("aud", Map.of("a", "b")).signedWith(ourKey()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "iat", "exp", "jti", "sid"})
    void aMissingClaimIsMissed(String claim) {
        assertRefused(forgery.claim(claim, null).signedWith(ourKey()));
        assertRefused(forgery.claim(claim, Map.of("a", 1)).signedWith(ourKey()));
    }

    @Test
    void aTokenFromTheFutureOrOfAnotherTimeScaleIsRefused() {
        long now = Instant.now().getEpochSecond();
        assertRefused(forgery.claim("iat", now + 31_536_000)
                .claim("exp", now + 32_000_000)
                .signedWith(ourKey()));
        assertRefused(forgery.claim("iat", now + 60).signedWith(ourKey()));
        assertRefused(forgery.claim("nbf", now + 60).signedWith(ourKey()));
        assertRefused(forgery.claim("exp", "never").signedWith(ourKey()));
        assertRefused(forgery.claim("exp", -1).signedWith(ourKey()));
        assertAccepted(forgery.claim("iat", now + 5).signedWith(ourKey()));
    }

    @Test
    void aGrantOrUserThatIsNotThereIsRefused() {
        assertRefused(forgery.claim("sid", Secrets.randomId()).signedWith(ourKey()));
        assertRefused(forgery.claim("sub", Secrets.randomId()).signedWith(ourKey()));
    }

    @Test
    void aPayloadThatIsNoObjectIsRefused() {
        for (String payload :
                List.of("", "null", "[]", "\"x\"", "5", "{", "[".repeat(2_000), "{\"a\":".repeat(1_000))) {
            assertRefused(forgery.signedWith(ourKey(), payload));
        }
    }

    @Test
    void repeatedClaimsAreRefused() {
        String claims = new String(Base64.getUrlDecoder().decode(genuine.split("\\.")[1]), StandardCharsets.UTF_8);
        String twice = claims.substring(0, claims.length() - 1) + ",\"sub\":\"" + person.id() + "\"}";

        assertRefused(forgery.signedWith(ourKey(), twice));
    }

    @Test
    void aTokenInATokenIsRefused() {
        assertRefused(forgery.header("cty", "JWT").signedWith(ourKey(), genuine));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}",
                "{\"alg\":\"PBES2-HS512+A256KW\",\"enc\":\"A256GCM\",\"p2s\":\"c2FsdHNhbHQ\",\"p2c\":2147483647}",
                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"ECDH-ES\",\"enc\":\"A256GCM\",\"epk\":{}}"
            })
    void anEncryptedTokenIsRefusedAtOnce(String header) {
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));

        assertTimeout(Duration.ofSeconds(5), () -> assertRefused(encoded + ".QUFB.QUFB.QUFB.QUFB"));
    }

    @Test
    void aTokenChangedInOneCharacterIsRefused() {
        for (int at = 0; at < genuine.length() - 1; at += 7) {
            char other = genuine.charAt(at) == 'A' ? 'B' : 'A';
            assertRefused(genuine.substring(0, at) + other + genuine.substring(at + 1));
        }
    }

    private PrivateKey ourKey() {
        return keys.current().privateKey();
    }

    private static void assertAccepted(String token) {
        api(token).then().statusCode(200);
    }

    private static void assertRefused(String token) {
        assertThat(api(token).statusCode()).as(token).isEqualTo(401);
        assertThat(introspect(token).<Boolean>path("active")).as(token).isFalse();
    }
}
