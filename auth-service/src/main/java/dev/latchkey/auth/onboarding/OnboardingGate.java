package dev.latchkey.auth.onboarding;

import dev.latchkey.auth.http.ForeignPages;
import dev.latchkey.auth.metadata.PublicAddresses;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.net.WebAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps web pages from claiming a fresh installation in the network of whoever looks at them. There is no cookie and no token
 * yet that could tell the owner from them, so what is left is what their browser says.
 */
@ApplicationScoped
class OnboardingGate {

    private final PublicAddresses addresses;

    OnboardingGate(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * Lets a request pass or not.
     *
     * @throws MessageException with status 403
     */
    void check(HttpServerRequest request) {
        if (ForeignPages.mayBeForeign(request)) {
            throw new MessageException(403, "A page of another origin cannot set up this installation");
        }
        if (!isOurs(Objects.toString(request.authority(), ""))) {
            throw new MessageException(
                    403,
                    "This host name is not configured. Use the IP address, or the host of latchkey.auth.issuer"
                            + " or latchkey.auth.internal-url");
        }
    }

    /**
     * A name that is neither configured nor loopback by definition (RFC 6761 section 6.3) may be a stranger's that was made to
     * point here, whose pages then have our origin (DNS rebinding). Nobody can do that to an address.
     */
    private boolean isOurs(String authority) {
        Optional<WebAddress> address = WebAddress.parse("http://" + authority);
        return address.isPresent()
                && (address.get().literal().isPresent()
                        || address.get().connectHost().equals("localhost")
                        || addresses.isHost(address.get().connectHost()));
    }
}
