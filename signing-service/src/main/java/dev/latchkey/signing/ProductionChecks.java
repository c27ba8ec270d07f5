package dev.latchkey.signing;

import dev.latchkey.platform.services.ServicesConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/** Stops a start whose configuration would not be safe, with a sentence that says what to set. */
@ApplicationScoped
class ProductionChecks {

    static final int LEAST_SECRET_LENGTH = 32;

    private static final Duration LONGEST_LINK = Duration.ofDays(1);
    private static final String ADVICE = " to 32 random characters or more (openssl rand -base64 32); ";

    void check(@Observes @Priority(0) StartupEvent start, SigningConfig config, ServicesConfig services) {
        check(config, services, LaunchMode.current() == LaunchMode.NORMAL);
    }

    /**
     * Checks a configuration.
     *
     * @param production whether what is missing stops the start
     * @throws IllegalStateException when it must not start
     */
    static void check(SigningConfig config, ServicesConfig services, boolean production) {
        Duration longest = services.longestLink();
        if (longest.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(LONGEST_LINK) > 0) {
            throw new IllegalStateException("LATCHKEY_SERVICES_LONGEST_LINK must be from PT1S to PT24H");
        }
        if (config.lifetime() > longest.toSeconds()) {
            throw new IllegalStateException(
                    "LATCHKEY_SIGNING_LIFETIME must not be longer than LATCHKEY_SERVICES_LONGEST_LINK");
        }
        if (config.announceEvery().multipliedBy(3).compareTo(config.goneAfter()) > 0) {
            throw new IllegalStateException(
                    "LATCHKEY_SIGNING_GONE_AFTER must be three times LATCHKEY_SIGNING_ANNOUNCE_EVERY or more, or a replica"
                            + " that is a little late loses its links");
        }
        require(
                config.masterSecret().stream().toList(),
                production,
                "LATCHKEY_SIGNING_MASTER_SECRET",
                "links are signed with it");
        require(
                config.gatewaySecret().orElse(List.of()),
                production,
                "LATCHKEY_SIGNING_GATEWAY_SECRET",
                "without it anybody inside the network could ask in a gateway's place");
        require(
                services.secret().stream().toList(),
                production,
                "LATCHKEY_SERVICES_SECRET",
                "services authenticate with it");
    }

    private static void require(List<String> secrets, boolean production, String variable, String why) {
        boolean missing = secrets.isEmpty() && production;
        if (missing || secrets.stream().anyMatch(secret -> secret.length() < LEAST_SECRET_LENGTH)) {
            throw new IllegalStateException("Set " + variable + ADVICE + why);
        }
    }
}
