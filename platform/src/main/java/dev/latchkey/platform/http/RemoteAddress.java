package dev.latchkey.platform.http;

import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.net.ClientAddresses;
import dev.latchkey.platform.net.Networks;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
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

    private final ClientAddresses addresses;
    private final CurrentVertxRequest current;

    RemoteAddress(
            @ConfigProperty(name = "latchkey.http.trusted-proxies") Optional<List<String>> trustedProxies,
            CurrentVertxRequest current) {
        this.addresses = new ClientAddresses(Networks.parse(trustedProxies.orElse(List.of())));
        this.current = current;
    }

    /** Returns where the client is of the request that is being handled. */
    public ClientAddress get() {
        return of(current.getCurrent().request());
    }

    /** Returns where the client of a request is. */
    public ClientAddress of(HttpServerRequest request) {
        try {
            // A literal: nothing is looked up.
            InetAddress peer = InetAddress.getByName(request.remoteAddress().hostAddress());
            return addresses.clientOf(
                    peer,
                    request.headers().getAll("X-Forwarded-For"),
                    request.headers().contains("Forwarded"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the peer of a connection has an address", e);
        }
    }
}
