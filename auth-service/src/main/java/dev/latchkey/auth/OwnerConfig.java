package dev.latchkey.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The first user of an unattended installation ({@code LATCHKEY_OWNER_…}); ignored once there is an owner. */
@ConfigMapping(prefix = "latchkey.owner")
public interface OwnerConfig {

    /** The username of the owner to create at the first start. */
    Optional<String> username();

    /** The owner's password: 8 to 128 characters. */
    Optional<String> password();

    /** The name shown for the owner. */
    @WithDefault("Owner")
    String name();
}
