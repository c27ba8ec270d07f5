package dev.latchkey.signing.link;

import static dev.latchkey.signing.link.Keys.NOW;
import static dev.latchkey.signing.link.Keys.sign;
import static dev.latchkey.signing.link.Keys.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.request.Parameter;
import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.signing.boot.BootKey;
import dev.latchkey.signing.link.LinkVerdict.Reason;
import dev.latchkey.signing.link.LinkVerdict.Refused;
import dev.latchkey.signing.link.LinkVerdict.Valid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows SP-* and U of the conformance and attack cases that need neither HTTP nor a grant. */
class LinkTest {

    private static Reason refusal(LinkVerdict verdict) {
        assertThat(verdict).isInstanceOf(Refused.class);
        return ((Refused) verdict).reason();
    }

    private static Signing.Refused refused(String path, Integer expires) {
        Signing signing = Keys.signer().sign(Keys.ADA, path, expires);
        assertThat(signing).as(path).isInstanceOf(Signing.Refused.class);
        return (Signing.Refused) signing;
    }

    @Test
    void aSignedPathVerifiesAsTheUserWhoMadeIt() {
        String link = sign("/api/echo");

        assertThat(link).startsWith("/api/echo?authSig=");
        assertThat(verify(link))
                .isEqualTo(new Valid(new LinkClaims(
                        Keys.ADA.grantId(),
                        Keys.ADA.userId(),
                        "/api/echo",
                        List.of(),
                        NOW.getEpochSecond(),
                        NOW.getEpochSecond() + 30)));
    }

    @Test
    void theSignatureIsAJwtOfItsOwnKind() {
        String[] parts = sign("/a?x=1").split("authSig=")[1].split("\\.");

        assertThat(text(parts[0]))
                .isEqualTo("{\"alg\":\"HS256\",\"typ\":\"latchkey-path+jwt\",\"kid\":\"" + Keys.BOOT + "\"}");
        assertThat(text(parts[1]))
                .isEqualTo("{\"iss\":\"" + Keys.ADA.grantId() + "\",\"sub\":\"" + Keys.ADA.userId()
                        + "\",\"path\":\"/a\",\"params\":[[\"x\",\"1\"]],\"iat\":" + NOW.getEpochSecond() + ",\"exp\":"
                        + (NOW.getEpochSecond() + 30) + "}");
    }

    private static String text(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "head", "GETT"})
    void onlyGetAndHeadAreAllowed(String method) {
        assertThat(refusal(verify(NOW, method, sign("/a")))).isEqualTo(Reason.LINK_METHOD);
    }

    @Test
    void headIsAsGoodAsGet() {
        assertThat(verify(NOW, "HEAD", sign("/a"))).isInstanceOf(Valid.class);
    }

    @Test
    void itEndsToTheMillisecond() {
        String link = sign("/a", 1);

        assertThat(verify(NOW.plusMillis(999), "GET", link)).isInstanceOf(Valid.class);
        assertThat(refusal(verify(NOW.plusMillis(1_000), "GET", link))).isEqualTo(Reason.LINK_EXPIRED);
    }

    @Test
    void aClockMayBeBehindALittle() {
        assertThat(verify(NOW.minusSeconds(10), "GET", sign("/a"))).isInstanceOf(Valid.class);
        assertThat(refusal(verify(NOW.minusSeconds(11), "GET", sign("/a")))).isEqualTo(Reason.LINK_NOT_YET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?test=test&",
                "/?",
                "/?test=Test&",
                "/?Test=test&",
                "/?test=test&test=test&",
                "/?test=&",
                "/?test=test&x&",
                "/?test=test&&",
                "/?&test=test&",
                "/x?test=test&",
                "/?test=test&authsig=1&"
            })
    void everyPairCounts(String other) {
        String signature = sign("/?test=test").split("authSig=")[1];
        LinkVerdict verdict = verify(other + "authSig=" + signature);

        if (other.equals("/?test=test&")) {
            assertThat(verdict).isInstanceOf(Valid.class);
        } else {
            assertThat(refusal(verdict)).isEqualTo(Reason.LINK_OTHER_TARGET);
        }
    }

    @Test
    void orderCountsAndThePlaceOfTheSignatureDoesNot() {
        String signature = sign("/a?x=1&y=2").split("authSig=")[1];

        assertThat(verify("/a?authSig=" + signature + "&x=1&y=2")).isInstanceOf(Valid.class);
        assertThat(verify("/a?x=1&authSig=" + signature + "&y=2")).isInstanceOf(Valid.class);
        assertThat(refusal(verify("/a?y=2&x=1&authSig=" + signature))).isEqualTo(Reason.LINK_OTHER_TARGET);
    }

    @Test
    void sizesMayBeAddedAndAreNotSigned() {
        String link = sign("/a?width=1&b=2&height=3");

        assertThat(link).startsWith("/a?b=2&authSig=");
        assertThat(verify(link + "&width=100&height=200")).isInstanceOf(Valid.class);
        assertThat(verify("/a?width=99999&" + link.substring(3))).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "width",
                "width=",
                "width=-1",
                "width=100000",
                "height=1;rm",
                "width=%0d%0aX:1",
                "width=\u0661",
                "height=1.5"
            })
    void whatIsNotSignedCannotMeanAnything(String pair) {
        String target = RequestTarget.typed(sign("/a") + "&" + pair)
                .target()
                .orElseThrow()
                .raw();

        assertThat(refusal(verify(target))).isEqualTo(Reason.LINK_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a?a=1&a=2|/a?a=1&a=2&",
                "/a?empty=|/a?empty=&",
                "/a?flag|/a?flag=&",
                "/a?q=a%26b%3Dc+d%2Be|/a?q=a%26b%3Dc%20d%2Be&",
                "/a?|/a?=&",
                "/a?&&|/a?=&=&=&",
                "/api/echo/a b|/api/echo/a%20b?",
                "/api/echo/a%20b|/api/echo/a%20b?",
                "/caf\u00e9|/caf%C3%A9?",
                "/100%25|/100%25?",
                "/a/|/a/?"
            })
    void whatIsReturnedVerifiesAsItIs(String path, String returned) {
        String link = sign(path);

        assertThat(link).startsWith(returned + "authSig=");
        assertThat(verify(link)).isInstanceOf(Valid.class);
    }

    @Test
    void spellingsOfOneTargetAreOne() {
        assertThat(verify(sign("/caf\u00e9/a b").replace("%C3%A9", "%c3%a9"))).isInstanceOf(Valid.class);
        assertThat(verify(sign("/a?flag=").replace("flag=", "flag"))).isInstanceOf(Valid.class);
    }

    @Test
    void aTrailingSlashIsAnotherPath() {
        assertThat(refusal(verify(sign("/a").replace("/a?", "/a/?")))).isEqualTo(Reason.LINK_OTHER_TARGET);
    }

    @Test
    void theFirstSignatureCounts() {
        String link = sign("/a");

        assertThat(verify(link + "&authSig=bogus")).isInstanceOf(Valid.class);
        assertThat(refusal(verify(link.replace("?", "?authSig=bogus&")))).isEqualTo(Reason.LINK_MALFORMED);
        assertThat(refusal(verify(link + "&authSig=%0d%0a"))).isEqualTo(Reason.LINK_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api/echo",
                "//evil",
                "//evil/a",
                "http://evil/a",
                "https://evil",
                "/../admin",
                "/a/./b",
                "/a/%2e%2e/b",
                "/a/%252e%252e/b",
                "/a%2Fb",
                "/a%5Cb",
                "/a\\b",
                "/a%00",
                "/a#b",
                "/a;b",
                "/a%",
                "/a\nb",
                "/%ff"
            })
    @NullSource
    void whatIsAmbiguousIsNotSigned(String path) {
        assertThat(refused(path, null).code()).isEqualTo("invalid_path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth",
                "/auth/authorize",
                "/AUTH/token",
                "/authz/auth-request",
                "/q/metrics",
                "/api/websocket",
                "/api/signed_paths",
                "/api/signed_paths/x?y"
            })
    void thePlatformsOwnControlsAreNotSigned(String path) {
        assertThat(refused(path, null).code()).isEqualTo("path_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/authors", "/api/signed_paths_of_mine", "/files/auth/x", "/quiet", "/api/websockets"})
    void whatOnlyBeginsAlikeIsSigned(String path) {
        assertThat(verify(sign(path))).isInstanceOf(Valid.class);
    }

    @Test
    void whatIsSignedIsNotSignedAgain() {
        assertThat(refused(sign("/a"), null).code()).isEqualTo("already_signed");
        assertThat(refused("/a?authSig", null).code()).isEqualTo("already_signed");
        assertThat(refused("/a?%61uthSig=x", null).code()).isEqualTo("already_signed");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3_601, Integer.MAX_VALUE})
    void theLifetimeHasLimits(int expires) {
        assertThat(refused("/a", expires).code()).isEqualTo("invalid_expires");
    }

    @Test
    void aLinkThatNobodyCouldSendIsNotMade() {
        assertThat(refused("/" + "a".repeat(4_000), null).code()).isEqualTo("path_too_long");
        assertThat(refused("/a?" + "x&".repeat(255) + "x", null).code()).isEqualTo("path_too_long");
        assertThat(refused("/" + "a".repeat(8_192), null).code()).isEqualTo("invalid_path");
    }

    @Test
    void aBootThatIsNotAliveSignedNothing() {
        RequestTarget target = RequestTarget.parse(sign("/a")).target().orElseThrow();

        assertThat(refusal(Keys.verifier(NOW, Keys.OTHER_BOOT).verify("GET", target)))
                .isEqualTo(Reason.LINK_UNKNOWN_KEY);
        assertThat(refusal(Keys.verifier(NOW).verify("GET", target))).isEqualTo(Reason.LINK_UNKNOWN_KEY);
        assertThat(Keys.verifier(NOW, Keys.OTHER_BOOT, Keys.BOOT).verify("GET", target))
                .isInstanceOf(Valid.class);
    }

    @Test
    void theKeyOfAnotherMasterSecretSignsNothingHere() {
        BootKey stranger = BootKey.derive("another master secret, of a stranger", Keys.BOOT);
        String claims = new LinkClaims(
                        "g", "u", "/a", List.of(new Parameter("x", "1")), NOW.getEpochSecond(), Long.MAX_VALUE)
                .write();

        assertThat(refusal(verify("/a?x=1&authSig=" + stranger.sign(claims)))).isEqualTo(Reason.LINK_BAD_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"iss\":\"g\"}",
                "{\"iss\":\"g\",\"sub\":\"u\",\"path\":\"/a\",\"params\":[],\"iat\":1,\"exp\":1e99}",
                "{\"iss\":\"g\",\"sub\":\"u\",\"path\":\"/a\",\"params\":[],\"iat\":1,\"exp\":99999999999999999999999}",
                "{\"iss\":\"g\",\"sub\":\"u\",\"path\":\"/a\",\"params\":[[\"x\"]],\"iat\":1,\"exp\":9999999999}",
                "{\"iss\":\"g\",\"sub\":\"u\",\"path\":\"/a\",\"params\":{},\"iat\":1,\"exp\":9999999999}",
                "{\"iss\":\"g\",\"sub\":\"u\",\"path\":\"/a\",\"params\":[],\"iat\":1,\"exp\":9999999999,\"x\":1}",
                "{\"iss\":\"g\",\"sub\":\"u\",\"path\":\"/a\",\"params\":[],\"iat\":1,\"exp\":9999999999}{}",
                "not json"
            })
    void evenWithAGoodSignatureOnlyClaimsOfALinkAreRead(String claims) {
        BootKey key = BootKey.derive(Keys.MASTER_SECRET, Keys.BOOT);

        assertThat(refusal(verify("/a?authSig=" + key.sign(claims)))).isEqualTo(Reason.LINK_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "eyJhbGciOiJub25lIn0.eyJwYXRoIjoiL2EifQ.",
                "....................",
                "a..c"
            })
    void noiseIsNoSignature(String noise) {
        assertThat(verify("/a?authSig=" + noise)).isInstanceOf(Refused.class);
    }

    @Test
    void anotherAlgorithmInTheHeaderIsAnotherHeader() {
        String[] parts = sign("/a").split("authSig=")[1].split("\\.");
        for (String algorithm : List.of("none", "HS512", "RS256", "hs256")) {
            String header = text(parts[0]).replace("HS256", algorithm);
            String forged =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));

            assertThat(refusal(verify("/a?authSig=" + forged + "." + parts[1] + "." + parts[2])))
                    .isEqualTo(Reason.LINK_UNKNOWN_KEY);
        }
    }
}
