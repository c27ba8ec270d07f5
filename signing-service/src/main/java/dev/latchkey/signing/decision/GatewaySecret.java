package dev.latchkey.signing.decision;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.signing.SigningConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;

/** Knows gateways by the secret they send (decision S6). Where none is set, which production refuses, everybody may ask. */
@ApplicationScoped
class GatewaySecret {

    private static final String HEADER = "X-Latchkey-Gateway";

    private final List<byte[]> digests;

    GatewaySecret(SigningConfig config) {
        digests = config.gatewaySecret().orElse(List.of()).stream()
                .map(Secrets::sha256)
                .toList();
    }

    /** Tells whether a request comes from a gateway, in a time that does not depend on what was sent. */
    boolean isGateway(HttpServerRequest request) {
        if (digests.isEmpty()) {
            return true;
        }
        List<String> presented = request.headers().getAll(HEADER);
        if (presented.size() != 1) {
            return false;
        }
        byte[] digest = Secrets.sha256(presented.getFirst());
        boolean known = false;
        for (byte[] expected : digests) {
            known |= MessageDigest.isEqual(expected, digest);
        }
        return known;
    }
}
