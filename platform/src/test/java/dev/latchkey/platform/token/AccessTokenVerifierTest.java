package dev.latchkey.platform.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.latchkey.platform.token.TokenVerdict.Refused;
import dev.latchkey.platform.token.TokenVerdict.Valid;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what auth-service signed as an access token is one (RFC 8725, RFC 9068 section 4). */
class AccessTokenVerifierTest {

    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final MovingClock clock = new MovingClock();
    private final TokenMaker maker = TokenMaker.with(clock.instant());
    private AccessTokenVerifier verifier;

    @BeforeEach
    void fetchKeys() {
        Map<String, PublicKey> published =
                Map.of(maker.key().getKeyId(), maker.key().getPublicKey());
        verifier = new AccessTokenVerifier(
                TokenMaker.ISSUER,
                new PublishedKeys(() -> CompletableFuture.completedFuture(published), clock::nanoTime),
                1_000,
                clock);
    }

    @Test
    void aGenuineTokenIsBelieved() {
        Instant now = clock.instant();

        assertThat(verify(maker.token()))
                .isEqualTo(new Valid(new AccessToken(
                        "the-token",
                        "the-user",
                        "the-grant",
                        "https://app.example/",
                        Set.of("system-users"),
                        now,
                        now.plus(LIFETIME))));
    }

    @Test
    void aSignatureIsCheckedOnce() {
        String token = maker.token();
        assertThat(verifier.known(token)).as("never seen").isNull();

        AccessToken first = ((Valid) verify(token)).token();

        assertThat(verifier.known(token)).isSameAs(first);
        assertThat(((Valid) verify(token)).token()).isSameAs(first);
    }

    @Test
    void aTokenEndsTenSecondsAfterItsTimeWhetherSeenOrNot() {
        String seen = maker.token();
        String unseen = maker.claim("jti", "another").token();
        String unseenToo = maker.claim("jti", "a third").token();
        verify(seen);
        Instant end = clock.instant().plus(LIFETIME).plusSeconds(10);

        clock.set(end.minusMillis(1));
        assertThat(verifier.known(seen)).isNotNull();
        assertThat(verify(seen)).isInstanceOf(Valid.class);
        assertThat(verify(unseen)).isInstanceOf(Valid.class);

        clock.set(end);
        assertThat(verifier.known(seen)).isNull();
        assertThat(verify(seen)).isEqualTo(new Refused(TokenVerdict.EXPIRED));
        assertThat(verify(unseenToo)).isEqualTo(new Refused(TokenVerdict.EXPIRED));
    }

    @Test
    void aTokenForTenYearsIsRememberedToo() {
        String token = maker.claim(
                        "exp", clock.instant().plus(Duration.ofDays(3650)).getEpochSecond())
                .token();
        verify(token);

        clock.advance(Duration.ofDays(3649));

        assertThat(verifier.known(token)).isNotNull();
    }

    @Test
    void whatIsForgedIsNotCalledExpired() {
        clock.advance(Duration.ofDays(1));

        assertThat(verify(maker.claim("aud", "https://other.example").token())).isEqualTo(invalid());
        assertThat(verify(
                        maker.signedWith(TokenMaker.with(clock.instant()).key().getPrivateKey())))
                .isEqualTo(invalid());
    }

    @Test
    void aTokenChangedInOneCharacterIsRefused() {
        String genuine = maker.token();
        for (int at = 0; at < genuine.length() - 1; at++) {
            char other = genuine.charAt(at) == 'A' ? 'B' : 'A';
            String changed = genuine.substring(0, at) + other + genuine.substring(at + 1);
            assertThat(verify(changed)).as("changed at %d", at).isInstanceOf(Refused.class);
            assertThat(verifier.known(changed)).isNull();
        }
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        String genuine = maker.token();
        String unsigned = genuine.substring(0, genuine.lastIndexOf('.') + 1);
        assertRefused(unsigned);
        assertRefused(unsigned + "A".repeat(86));
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String header = encoded(JsonUtil.toJson(
                    Map.of("alg", none, "typ", "at+jwt", "kid", maker.key().getKeyId())));
            assertRefused(header + "." + encoded(JsonUtil.toJson(maker.claims())) + ".");
        }
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() {
        byte[] encoded = maker.key().getPublicKey().getEncoded();
        String jwk = maker.key().toJson(OutputControlLevel.PUBLIC_ONLY);

        for (byte[] secret : List.of(encoded, jwk.getBytes(StandardCharsets.UTF_8))) {
            assertRefused(maker.header("alg", "HS256").signedWith(new HmacKey(secret)));
        }
    }

    @Test
    void aKeyThatIsNotPublishedIsRefusedHoweverItIsNamed() throws NoSuchAlgorithmException {
        TokenMaker other = TokenMaker.with(clock.instant());
        assertThat(verify(other.token())).isEqualTo(new Refused(TokenVerdict.UNKNOWN_KEY));
        assertRefused(maker.signedWith(other.key().getPrivateKey()));
        Map<String, Object> jwk = other.key().toParams(OutputControlLevel.PUBLIC_ONLY);
        assertRefused(maker.header("jwk", jwk).signedWith(other.key().getPrivateKey()));
        assertRefused(maker.header("jku", "http://127.0.0.1/keys")
                .signedWith(other.key().getPrivateKey()));
        assertRefused(maker.header("kid", null).token());
        assertRefused(maker.header("kid", "x".repeat(65)).token());
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertRefused(
                maker.header("alg", "RS256").signedWith(rsa.generateKeyPair().getPrivate()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "", "at", "logout+jwt", "latchkey-path+jwt"})
    void anotherTypeOfTokenIsRefused(String type) {
        assertRefused(maker.header("typ", type).token());
        assertRefused(maker.header("typ", null).token());
        assertRefused(maker.header("crit", List.of("x")).header("x", 1).token());
    }

    @Test
    void aTokenOfOrForSomebodyElseIsRefused() {
        for (Object other : List.of(
                TokenMaker.ISSUER + "/", "https://LATCHKEY.example", "http://latchkey.example", "", 5, List.of())) {
            assertRefused(maker.claim("iss", other).token());
            assertRefused(maker.claim("aud", other).token());
        }
        assertRefused(maker.claim("aud", List.of("https://other.example")).token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "client_id", "iat", "exp", "jti", "sid"})
    void aMissingClaimIsMissed(String claim) {
        assertRefused(maker.claim(claim, null).token());
        assertRefused(maker.claim(claim, Map.of("a", 1)).token());
    }

    @Test
    void groupsThatAreNoListOfNamesAreRefusedAndNoneAreNone() {
        assertRefused(maker.claim("groups", "system-admin").token());
        assertRefused(maker.claim("groups", List.of(5)).token());
        assertThat(((Valid) verify(maker.claim("groups", null).token())).token().groups())
                .isEmpty();
    }

    @Test
    void aTokenFromTheFutureIsRefused() {
        long now = clock.instant().getEpochSecond();
        assertRefused(maker.claim("iat", now + 60).token());
        assertRefused(maker.claim("nbf", now + 60).token());
        assertRefused(maker.claim("exp", "never").token());
        assertThat(verify(maker.claim("iat", now + 5).token())).isInstanceOf(Valid.class);
    }

    @Test
    void whatIsSaidTwiceIsRefused() {
        String claims = JsonUtil.toJson(maker.claims());
        assertThat(verify(maker.payload(claims))).isInstanceOf(Valid.class);

        assertRefused(maker.payload(claims.substring(0, claims.length() - 1) + ",\"sub\":\"somebody-else\"}"));
    }

    @Test
    void aPayloadThatIsNoObjectIsRefused() {
        for (String payload : List.of("", "null", "[]", "\"x\"", "5", "{", "[".repeat(2_000))) {
            assertRefused(maker.payload(payload));
        }
        assertRefused(maker.header("cty", "JWT").payload(maker.token()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ".", "..", "...", "a.b.c", "a.b.c.d.e", "=.=.=", "é.é.é", "\u0000", "e30.e30.e30"})
    void whatIsNoTokenIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void aTokenOfImpossibleLengthIsRefusedUnread() {
        String huge = maker.token() + "A".repeat(AccessToken.MAX_LENGTH);

        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 10_000; i++) {
                assertThat(verifier.known(huge)).isNull();
                assertThat(verify(huge)).isEqualTo(invalid());
            }
        });
    }

    private TokenVerdict verify(String token) {
        CompletableFuture<TokenVerdict> verdict = verifier.verify(token).toCompletableFuture();
        assertThat(verdict).as("there at once").isCompleted();
        return verdict.join();
    }

    private void assertRefused(String token) {
        assertThat(verify(token)).as(token).isInstanceOf(Refused.class);
        assertThat(verifier.known(token)).isNull();
    }

    private static Refused invalid() {
        return new Refused(TokenVerdict.INVALID);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
