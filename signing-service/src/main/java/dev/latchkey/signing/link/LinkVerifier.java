package dev.latchkey.signing.link;

import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.signing.boot.BootKey;
import dev.latchkey.signing.link.LinkVerdict.Reason;
import dev.latchkey.signing.link.LinkVerdict.Refused;
import dev.latchkey.signing.link.LinkVerdict.Unsigned;
import dev.latchkey.signing.link.LinkVerdict.Valid;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Function;

/** Judges links (decision S3): from memory, in a few microseconds, nothing remembered. */
final class LinkVerifier {

    /** How far the clock of another replica may be ahead. An expiry has no such leeway. */
    private static final long CLOCK_SKEW_SECONDS = 10;

    private static final Unsigned UNSIGNED = new Unsigned();

    private final Function<String, BootKey> keyOfHeader;
    private final Clock clock;

    /** @param keyOfHeader finds the key of the living boot whose tokens have an encoded header; null when there is none */
    LinkVerifier(Function<String, BootKey> keyOfHeader, Clock clock) {
        this.keyOfHeader = keyOfHeader;
        this.clock = clock;
    }

    LinkVerdict verify(String method, RequestTarget target) {
        SignedTarget asked = SignedTarget.of(target);
        if (asked.signature() == null) {
            return UNSIGNED;
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Refused(Reason.LINK_METHOD);
        }
        String token = asked.signature();
        int header = token.indexOf('.');
        int claims = token.lastIndexOf('.');
        if (!asked.exempt() || header == claims) {
            return new Refused(Reason.LINK_MALFORMED);
        }
        BootKey key = keyOfHeader.apply(token.substring(0, header));
        if (key == null) {
            return new Refused(Reason.LINK_UNKNOWN_KEY);
        }
        if (!key.signed(token.substring(0, claims), token.substring(claims + 1))) {
            return new Refused(Reason.LINK_BAD_SIGNATURE);
        }
        return judge(token.substring(header + 1, claims), asked);
    }

    private LinkVerdict judge(String encodedClaims, SignedTarget asked) {
        LinkClaims claims;
        try {
            claims = LinkClaims.read(Base64.getUrlDecoder().decode(encodedClaims));
        } catch (IOException | IllegalArgumentException e) {
            return new Refused(Reason.LINK_MALFORMED);
        }
        long nowMillis = clock.millis();
        if (nowMillis >= claims.expiresAt() * 1_000) {
            return new Refused(Reason.LINK_EXPIRED);
        }
        if (claims.issuedAt() > nowMillis / 1_000 + CLOCK_SKEW_SECONDS) {
            return new Refused(Reason.LINK_NOT_YET);
        }
        return claims.path().equals(asked.path()) && claims.params().equals(asked.params())
                ? new Valid(claims)
                : new Refused(Reason.LINK_OTHER_TARGET);
    }
}
