package dev.latchkey.auth.socket;

import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.net.ClientAddress;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Decides on the handshake: one address cannot take all connections there are, nor can strangers. */
@ApplicationScoped
class SocketUpgrade implements HttpUpgradeCheck {

    /** Where a connection keeps where its client is. */
    static final TypedKey<ClientAddress> CLIENT_ADDRESS = new TypedKey<>("latchkey.client-address");

    private final RemoteAddress remoteAddress;
    private final OpenSockets sockets;

    SocketUpgrade(RemoteAddress remoteAddress, OpenSockets sockets) {
        this.remoteAddress = remoteAddress;
        this.sockets = sockets;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        ClientAddress client = remoteAddress.of(context.httpRequest());
        if (!sockets.mayOpen(client.address())) {
            return CheckResult.rejectUpgrade(429);
        }
        context.userData().put(CLIENT_ADDRESS, client);
        return CheckResult.permitUpgrade();
    }
}
