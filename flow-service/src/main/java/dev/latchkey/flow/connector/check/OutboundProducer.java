package dev.latchkey.flow.connector.check;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.HostResolver;
import dev.latchkey.platform.outbound.OutboundHttp;
import dev.latchkey.platform.outbound.OutboundPolicy;
import dev.latchkey.platform.outbound.Ports;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the one way out of this service. */
@Singleton
class OutboundProducer {

    @Produces
    @Singleton
    OutboundHttp outbound(
            Vertx vertx, OutboundConfig config, @ConfigProperty(name = "latchkey.auth.issuer") String issuer) {
        return new OutboundHttp(vertx, policy(config, issuer), HostResolver.SYSTEM);
    }

    void close(@Disposes OutboundHttp outbound) {
        outbound.close();
    }

    static OutboundPolicy policy(OutboundConfig config, String issuer) {
        return new OutboundPolicy(
                Networks.parse(config.allowedNetworks().orElse(List.of())),
                Ports.parse(config.allowedPorts()),
                List.of(address("latchkey.auth.issuer", issuer)),
                config.ownAddresses().orElse(List.of()).stream()
                        .map(own -> address(
                                "latchkey.flow.outbound.own-addresses", own.contains("://") ? own : "http://" + own))
                        .toList(),
                new OutboundPolicy.Limits(
                        config.maxConcurrent(), config.maxConcurrent(), config.maxConcurrentPerHost()));
    }

    private static WebAddress address(String setting, String text) {
        return WebAddress.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(setting + " has what is no address: " + text));
    }
}
