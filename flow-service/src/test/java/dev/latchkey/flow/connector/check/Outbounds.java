package dev.latchkey.flow.connector.check;

import dev.latchkey.platform.outbound.HostResolver;
import dev.latchkey.platform.outbound.OutboundHttp;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Gives tests the connection test as a deployment would have it that allows loopback addresses. */
public final class Outbounds implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final OutboundHttp http;
    private final ConnectionCheck check;

    public Outbounds(Clock clock, String... ownAddresses) {
        this(clock, HostResolver.SYSTEM, ownAddresses);
    }

    public Outbounds(Clock clock, HostResolver resolver, String... ownAddresses) {
        OutboundConfig config = new Config(List.of(ownAddresses));
        this.http = new OutboundHttp(vertx, OutboundProducer.policy(config, "https://latchkey.example.com"), resolver);
        this.check = new ConnectionCheck(http, config, clock);
    }

    public ConnectionCheck check() {
        return check;
    }

    public OutboundHttp http() {
        return http;
    }

    @Override
    public void close() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Config(List<String> own) implements OutboundConfig {

        @Override
        public Optional<List<String>> allowedNetworks() {
            return Optional.of(List.of("127.0.0.0/8", "::1", "10.0.0.0/8", "169.254.0.0/16"));
        }

        @Override
        public String allowedPorts() {
            return "80,443,1024-65535";
        }

        @Override
        public Optional<List<String>> ownAddresses() {
            return Optional.of(own);
        }

        @Override
        public int maxConcurrent() {
            return 32;
        }

        @Override
        public int maxConcurrentPerHost() {
            return 16;
        }

        @Override
        public int maxBytes() {
            return 20_000;
        }
    }
}
