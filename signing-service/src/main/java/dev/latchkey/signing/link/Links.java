package dev.latchkey.signing.link;

import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.platform.services.ServicesConfig;
import dev.latchkey.signing.SigningConfig;
import dev.latchkey.signing.boot.BootKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Makes links with this boot's key and judges those of every living boot. Never blocks. */
@ApplicationScoped
public class Links {

    private final LinkSigner signer;
    private final LinkVerifier verifier;

    Links(BootKeys keys, SigningConfig config, ServicesConfig services, Clock clock) {
        int longest = Math.toIntExact(services.longestLink().toSeconds());
        signer = new LinkSigner(keys.own(), config.lifetime(), longest, clock);
        verifier = new LinkVerifier(keys::withHeader, clock);
    }

    /**
     * Signs a path.
     *
     * @param path with or without query, as a person may write it ({@link RequestTarget#typed})
     * @param expires seconds; null for the default
     */
    public Signing sign(Signer signer, String path, Integer expires) {
        return this.signer.sign(signer, path, expires);
    }

    /** Judges a request by the link in its target. */
    public LinkVerdict verify(String method, RequestTarget target) {
        return verifier.verify(method, target);
    }
}
