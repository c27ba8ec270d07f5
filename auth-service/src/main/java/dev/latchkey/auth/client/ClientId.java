package dev.latchkey.auth.client;

import dev.latchkey.platform.net.ClientAddresses;
import dev.latchkey.platform.net.WebAddress;
import java.util.Optional;

/**
 * An app's identity: its web address (IndieAuth section 3.3, auth.md 2.1 with decision A8).
 *
 * @param value the id exactly as the client sent it; ids are compared by this text and nothing else, so {@code https://a} and
 *     {@code https://a/} are two clients
 * @param address the same, parsed; only for judging origins and for fetching
 */
public record ClientId(String value, WebAddress address) {

    /**
     * Reads a client id; never throws. It must be http or https, without user information, {@code .} or {@code ..} segments or
     * a fragment; an IP literal must be a local one, with or without a port.
     *
     * @param text what the client sent, may be null
     * @return the id, or empty when it is not valid
     */
    public static Optional<ClientId> parse(String text) {
        return WebAddress.parse(text)
                .filter(address -> !address.hasDotSegments())
                .filter(address -> address.fragment().length() <= 1)
                .filter(address ->
                        address.literal().map(ClientAddresses::isLocal).orElse(true))
                .map(address -> new ClientId(text, address));
    }

    /** @return host and port as written, the host in lower case: what a person is shown */
    public String host() {
        return address.authority();
    }

    /** @return whether the host means the machine of whoever asks: {@code localhost}, 127.0.0.0/8, {@code ::1} */
    boolean onLoopback() {
        return address.connectHost().equals("localhost")
                || address.literal().filter(ip -> ip.isLoopbackAddress()).isPresent();
    }
}
