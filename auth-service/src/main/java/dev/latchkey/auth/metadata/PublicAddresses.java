package dev.latchkey.auth.metadata;

import dev.latchkey.auth.AuthConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** The addresses under which clients reach Latchkey. */
@ApplicationScoped
public class PublicAddresses {

    private final URI issuer;
    private final Optional<URI> internal;

    PublicAddresses(AuthConfig config) {
        this.issuer = config.issuer();
        this.internal = config.internalUrl();
    }

    /** Returns the issuer, which stands in every token. */
    public String issuer() {
        return issuer.toString();
    }

    /**
     * Returns the configured address whose host and port a request names, or nothing.
     *
     * @param authority the request's {@code Host}; null when it has none
     */
    Optional<String> named(String authority) {
        if (authority == null) {
            return Optional.empty();
        }
        if (authority.equalsIgnoreCase(issuer.getAuthority())) {
            return Optional.of(issuer.toString());
        }
        return internal.filter(url -> authority.equalsIgnoreCase(url.getAuthority()))
                .map(URI::toString);
    }

    /** Tells whether a host, without a port, is that of a configured address. */
    public boolean isHost(String host) {
        return host.equalsIgnoreCase(issuer.getHost())
                || internal.filter(url -> host.equalsIgnoreCase(url.getHost())).isPresent();
    }

    /** Returns the address that a request names, or the issuer. */
    public String forRequest(String authority) {
        return named(authority).orElseGet(this::issuer);
    }
}
