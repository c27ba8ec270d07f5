package dev.latchkey.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.net.ClientAddresses;
import dev.latchkey.platform.net.Networks;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says from which address a request comes: the peer's, or what a trusted proxy says (decision A21). */
@ApplicationScoped
public class RemoteAddress {

    private static final int MOST_PEERS_REMEMBERED = 10_000;
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");

    private final ClientAddresses addresses;
    private final Cache<String, ClientAddress> nearby;
    private final CurrentVertxRequest current;

    RemoteAddress(
            @ConfigProperty(name = "latchkey.http.trusted-proxies") Optional<List<String>> trustedProxies,
            CurrentVertxRequest current) {
        this.addresses = new ClientAddresses(Networks.parse(trustedProxies.orElse(List.of())));
        this.current = current;
        // What a peer is that stands for nobody else depends on nothing but its address, and is asked at every request.
        this.nearby = Caffeine.newBuilder().maximumSize(MOST_PEERS_REMEMBERED).build();
    }

    /** Returns where the client is of the request that is being handled. */
    public ClientAddress get() {
        return of(current.getCurrent().request());
    }

    /** Returns where the client of a request is. */
    public ClientAddress of(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        MultiMap headers = request.headers();
        boolean forwarded = headers.contains(FORWARDED);
        return forwarded || headers.contains(FORWARDED_FOR)
                ? addresses.clientOf(parsed(peer), headers.getAll(FORWARDED_FOR), forwarded)
                : nearby.get(peer, address -> addresses.clientOf(parsed(address), List.of(), false));
    }

    private static InetAddress parsed(String address) {
        try {
            // A literal: nothing is looked up.
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the peer of a connection has an address", e);
        }
    }
}
