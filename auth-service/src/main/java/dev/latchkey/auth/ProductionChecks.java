package dev.latchkey.auth;

import dev.latchkey.platform.services.ServicesConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;

/** Stops a start whose configuration would not be safe, with a sentence that says what to set. */
@ApplicationScoped
class ProductionChecks {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    void check(@Observes @Priority(0) StartupEvent start, AuthConfig config, ServicesConfig services) {
        URI issuer = config.issuer();
        if (issuer.getHost() == null
                || !("https".equals(issuer.getScheme()) || "http".equals(issuer.getScheme()))
                || !(issuer.getRawPath() == null || issuer.getRawPath().isEmpty())
                || issuer.getRawQuery() != null
                || issuer.getRawFragment() != null
                || issuer.getRawUserInfo() != null) {
            throw new IllegalStateException(
                    "LATCHKEY_AUTH_ISSUER must be scheme, host and port alone, without a slash at "
                            + "the end, such as https://latchkey.example; it is " + issuer);
        }
        if ("http".equals(issuer.getScheme()) && !LOOPBACK.contains(issuer.getHost()) && !config.allowHttpIssuer()) {
            throw new IllegalStateException(
                    "LATCHKEY_AUTH_ISSUER must be https, because tokens would cross the network in "
                            + "the clear; set LATCHKEY_AUTH_ALLOW_HTTP_ISSUER=true to accept that");
        }
        if (LaunchMode.current() == LaunchMode.NORMAL
                && services.secret().filter(s -> s.length() >= 32).isEmpty()) {
            throw new IllegalStateException(
                    "Set LATCHKEY_SERVICES_SECRET to 32 random characters or more (openssl rand "
                            + "-base64 32); services authenticate with it");
        }
    }
}
