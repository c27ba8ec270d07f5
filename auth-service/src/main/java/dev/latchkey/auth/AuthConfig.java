package dev.latchkey.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator can set for auth-service ({@code LATCHKEY_AUTH_…} in the environment). */
@ConfigMapping(prefix = "latchkey.auth")
public interface AuthConfig {

    /**
     * The address under which clients reach Latchkey: scheme, host and port, no path. It is the {@code iss} of every token
     * and the prefix of every address in the metadata documents. Required; {@code https} unless the host is loopback.
     */
    URI issuer();

    /** A second address under which the metadata documents are served, for clients inside the network. */
    Optional<URI> internalUrl();

    /** Accepts an {@code http} issuer whose host is not loopback. Tokens then cross the network in the clear. */
    @WithDefault("false")
    boolean allowHttpIssuer();

    /** 256 bits in base64 that encrypt the private signing keys at rest. Required in production. */
    Optional<String> keyEncryptionKey();

    /** Whether an authorization request must carry a PKCE challenge (RFC 7636). */
    @WithDefault("optional")
    PkcePolicy pkce();

    /** How long an access token of an ordinary grant is valid. */
    @WithDefault("PT30M")
    Duration accessTokenLifetime();

    /** How long an ordinary refresh token lives without being used. */
    @WithDefault("P90D")
    Duration refreshTokenIdleLifetime();

    /** How long an authorization code can be redeemed. */
    @WithDefault("PT10M")
    Duration authorizationCodeLifetime();

    /** How long a person has to finish a login flow. */
    @WithDefault("PT10M")
    Duration loginFlowLifetime();

    /**
     * The most login flows kept open for one client address (IPv4 address, IPv6 /64); whoever starts one more ends the oldest of
     * that address and nobody else's. Clients in the local network may keep five times as many, because everybody behind a proxy
     * that is not in {@code latchkey.http.trusted-proxies} is one of them.
     */
    @WithDefault("200")
    @Min(1)
    @Max(10_000)
    int maxOpenLoginFlowsPerAddress();

    /** The most login flows kept open at once, of all clients together; beyond it the oldest end within half a minute. */
    @WithDefault("50000")
    @Min(100)
    int maxOpenLoginFlows();

    /** How long a signing key signs before the next one takes over. */
    @WithDefault("P30D")
    Duration signingKeyLifetime();

    /**
     * How many passwords are hashed at once; each takes 19 MiB of the heap, of which they may take a quarter in all, and about
     * 30 ms of one core. 0: one per core, as far as they fit.
     */
    @WithDefault("0")
    @Min(0)
    @Max(256)
    int passwordHashers();

    /** How many sign-ins may wait for a hasher before further ones are told to come back. */
    @WithDefault("256")
    @Min(1)
    int passwordQueue();

    /** How many verified access tokens are remembered, so that no signature is verified twice. */
    @WithDefault("100000")
    @Min(1)
    int verifiedTokenCache();

    /** Origins whose pages may call the login-flow API from a browser. The token endpoint answers any origin. */
    @WithDefault("https://cast.home-assistant.io")
    List<String> allowedOrigins();

    Socket socket();

    /** Limits of {@code /api/websocket}. */
    interface Socket {

        /** The version told to clients in {@code ha_version}; real clients switch features on by it. */
        @WithDefault("2026.11.0")
        String compatibleVersion();

        /** How long a new connection may take to authenticate. */
        @WithDefault("PT10S")
        Duration authenticationTimeout();

        /** The most open connections from one address (IPv4 address, IPv6 /64). */
        @WithDefault("128")
        @Min(1)
        int maxConnectionsPerAddress();

        /** The most open connections of this replica; {@code quarkus.http.limits.max-connections} should be well above it. */
        @WithDefault("3072")
        @Min(1)
        int maxConnections();

        /**
         * The most connections from one address that are not authenticated yet. Clients in the local network, among which is
         * everybody behind a proxy that is not in {@code latchkey.http.trusted-proxies}, are only held to the limits for all
         * connections from one address and for all that are not authenticated.
         */
        @WithDefault("16")
        @Min(1)
        int maxUnauthenticatedConnectionsPerAddress();

        /** The most connections of this replica that are not authenticated yet. */
        @WithDefault("512")
        @Min(1)
        int maxUnauthenticatedConnections();

        /** How long a client may take to accept what was sent to it before its connection is closed. */
        @WithDefault("PT10S")
        Duration sendTimeout();

        /**
         * The most received messages that wait for an answer on one connection before it is closed; also the most in an
         * array of messages.
         */
        @WithDefault("1024")
        @Min(1)
        int maxQueuedMessages();
    }

    /** When an authorization request needs a PKCE challenge. */
    enum PkcePolicy {
        OPTIONAL,
        REQUIRED
    }
}
