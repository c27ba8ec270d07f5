package dev.latchkey.platform.services;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What the services must know of each other ({@code LATCHKEY_SERVICES_…} in the environment). */
@ConfigMapping(prefix = "latchkey.services")
public interface ServicesConfig {

    /**
     * The credential by which the services know each other: 32 random characters or more, the same for all. Required in
     * production.
     */
    Optional<String> secret();

    /** Where the other services reach auth-service: scheme, host and port, without a slash at the end. Required by them. */
    Optional<URI> authUrl();

    /** Where auth-service reaches signing-service: scheme, host and port, without a slash at the end. */
    Optional<URI> signingUrl();

    /**
     * The longest a signed path may be made to work, the same for auth-service and signing-service: a revocation is remembered for
     * as long as a link of the grant could be presented.
     */
    @WithDefault("PT1H")
    Duration longestLink();

    /**
     * Where auth-service reaches flow-service for the socket's commands about entries: scheme, host and port, without a slash at
     * the end. Without it those commands fail.
     */
    Optional<URI> flowUrl();

    /**
     * How many verified access tokens a service other than auth-service remembers, about 500 bytes each, so that no signature is
     * verified twice.
     */
    @WithDefault("100000")
    int verifiedTokenCache();
}
