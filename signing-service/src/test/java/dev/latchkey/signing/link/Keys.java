package dev.latchkey.signing.link;

import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.signing.boot.BootKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Signs and verifies with keys and a clock that never change. */
final class Keys {

    static final String MASTER_SECRET = "a master secret for examples, never for use";
    static final String BOOT = "00112233445566778899aabbccddeeff";
    static final String OTHER_BOOT = "ffeeddccbbaa99887766554433221100";
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Signer ADA = new Signer("0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");

    private Keys() {}

    static LinkSigner signer() {
        return new LinkSigner(BootKey.derive(MASTER_SECRET, BOOT), 30, 3_600, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static LinkVerifier verifier(Instant now, String... livingBoots) {
        Function<String, BootKey> keys = List.of(livingBoots).stream()
                .map(boot -> BootKey.derive(MASTER_SECRET, boot))
                .collect(Collectors.toMap(key -> key.sign("").split("\\.")[0], Function.identity()))::get;
        return new LinkVerifier(keys, Clock.fixed(now, ZoneOffset.UTC));
    }

    static String sign(String path) {
        return sign(path, null);
    }

    static String sign(String path, Integer expires) {
        return ((Signing.Signed) signer().sign(ADA, path, expires)).path();
    }

    static LinkVerdict verify(String target) {
        return verify(NOW, "GET", target);
    }

    static LinkVerdict verify(Instant now, String method, String target) {
        return RequestTarget.parse(target)
                .target()
                .map(parsed -> verifier(now, BOOT).verify(method, parsed))
                .orElse(null);
    }
}
