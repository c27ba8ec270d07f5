package dev.latchkey.platform.token;

import dev.latchkey.platform.services.ServicesConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the verifier of a service that asks for one. */
class VerifierProducer {

    @Produces
    @Singleton
    AccessTokenVerifier verifier(
            @ConfigProperty(name = "latchkey.auth.issuer") URI issuer, ServicesConfig services, Clock clock) {
        URI authUrl = services.authUrl()
                .orElseThrow(() -> new IllegalStateException(
                        "Set LATCHKEY_SERVICES_AUTH_URL to where this service reaches auth-service, such as "
                                + "http://auth-service:8081; it fetches the keys of access tokens there"));
        return AccessTokenVerifier.of(issuer.toString(), authUrl, services.verifiedTokenCache(), clock);
    }
}
