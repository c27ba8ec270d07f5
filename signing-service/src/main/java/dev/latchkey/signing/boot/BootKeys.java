package dev.latchkey.signing.boot;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.signing.SigningConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The key this replica signs with, and those of every replica that is alive. From memory, safe for many threads. */
@ApplicationScoped
public class BootKeys {

    private static final Logger LOG = Logger.getLogger(BootKeys.class);

    private final Boot boot;
    private final BootKey own;
    private final LivingBoots living;

    BootKeys(
            SigningConfig config,
            Clock clock,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        String masterSecret = config.masterSecret().orElseGet(() -> {
            LOG.warn("No master secret is set: links work at this replica only");
            return Secrets.random();
        });
        boot = new Boot(
                config.replica().orElseGet(() -> hostName() + ":" + port), Secrets.randomId(), clock.millis(), false);
        own = BootKey.derive(masterSecret, boot.id());
        living = new LivingBoots(masterSecret, own, config.goneAfter());
        meters.gauge("latchkey.signing.boots", living, LivingBoots::count);
    }

    /** Returns the key to sign with. */
    public BootKey own() {
        return own;
    }

    /** Returns the key of the living boot whose tokens have this encoded header; null when there is none. */
    public BootKey withHeader(String header) {
        return living.withHeader(header);
    }

    Boot boot() {
        return boot;
    }

    void heard(Boot announced, long at) {
        living.heard(announced, at);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "signing-service";
        }
    }
}
