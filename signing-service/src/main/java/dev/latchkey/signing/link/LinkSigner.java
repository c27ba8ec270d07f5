package dev.latchkey.signing.link;

import dev.latchkey.platform.request.Parameter;
import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.platform.request.TargetResult;
import dev.latchkey.signing.boot.BootKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes links (decisions S1 and S4). */
final class LinkSigner {

    /** Paths by which the platform itself is controlled, with everything under them; in any case, as some servers ignore it. */
    private static final List<String> CONTROL_PATHS =
            List.of("/auth", "/authz", "/q", "/api/websocket", "/api/signed_paths");

    private final BootKey key;
    private final int lifetime;
    private final int maxLifetime;
    private final Clock clock;

    /**
     * @param lifetime seconds, when nobody says otherwise
     * @param maxLifetime seconds
     */
    LinkSigner(BootKey key, int lifetime, int maxLifetime, Clock clock) {
        this.key = key;
        this.lifetime = lifetime;
        this.maxLifetime = maxLifetime;
        this.clock = clock;
    }

    Signing sign(Signer signer, String path, Integer expires) {
        int seconds = expires == null ? lifetime : expires;
        if (seconds < 1 || seconds > maxLifetime) {
            return new Signing.Refused("invalid_expires", "expires must be from 1 to " + maxLifetime + " seconds");
        }
        return switch (RequestTarget.typed(path)) {
            case TargetResult.Refused refused ->
                new Signing.Refused(
                        "invalid_path",
                        "The path cannot be signed because it is not in canonical form: "
                                + refused.reason().code());
            case TargetResult.Parsed parsed -> sign(signer, SignedTarget.of(parsed.value()), seconds);
        };
    }

    private Signing sign(Signer signer, SignedTarget target, int seconds) {
        if (target.signature() != null) {
            return new Signing.Refused("already_signed", "The path has a signature already");
        }
        if (isControl(target.path())) {
            return new Signing.Refused("path_not_allowed", "The platform's own control paths cannot be signed");
        }
        long now = clock.instant().getEpochSecond();
        LinkClaims claims =
                new LinkClaims(signer.grantId(), signer.userId(), target.path(), target.params(), now, now + seconds);
        List<Parameter> query = new ArrayList<>(target.params());
        query.add(new Parameter(SignedTarget.SIGNATURE, key.sign(claims.write())));
        return RequestTarget.of(target.path(), query)
                .target()
                .<Signing>map(signed -> new Signing.Signed(signed.raw()))
                .orElseGet(() -> new Signing.Refused(
                        "path_too_long",
                        "The signed path would be longer than " + RequestTarget.MAX_LENGTH
                                + " characters or have more than " + RequestTarget.MAX_PARAMETERS + " parameters"));
    }

    private static boolean isControl(String path) {
        String folded = path.toLowerCase(Locale.ROOT);
        return CONTROL_PATHS.stream().anyMatch(control -> folded.equals(control) || folded.startsWith(control + "/"));
    }
}
