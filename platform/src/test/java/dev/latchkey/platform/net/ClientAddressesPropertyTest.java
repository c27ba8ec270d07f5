package dev.latchkey.platform.net;

import static dev.latchkey.platform.net.NetworksTest.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClientAddressesPropertyTest {

    private static final InetAddress PROXY = ip("10.0.0.2");
    private static final InetAddress STRANGER = ip("203.0.113.9");

    private final ClientAddresses addresses = new ClientAddresses(Networks.of("10.0.0.0/24", "fd00::/64"));

    @Property
    void nothingAStrangerWritesChangesTheAddressTheProxySaw(
            @ForAll("headers") List<String> invented, @ForAll boolean secondProxy) {
        List<String> lines = new ArrayList<>(invented);
        lines.add(secondProxy ? "203.0.113.9, 10.0.0.77" : "203.0.113.9");

        assertThat(addresses.clientOf(PROXY, lines, false).address()).isEqualTo(STRANGER);
        assertThat(addresses
                        .clientOf(PROXY, List.of(String.join(",", lines)), false)
                        .address())
                .isEqualTo(STRANGER);
    }

    @Property
    void anUntrustedPeerIsItsOwnAddressWhateverTheHeaderSays(@ForAll("headers") List<String> invented) {
        assertThat(addresses.clientOf(STRANGER, invented, false).address()).isEqualTo(STRANGER);
    }

    @Provide
    Arbitrary<List<String>> headers() {
        Arbitrary<String> known = Arbitraries.of("127.0.0.1", "10.0.0.2", "::1", "", " ", "[::1]:5", "fd00::1", ",,");
        return Arbitraries.oneOf(known, Arbitraries.strings().ofMaxLength(30))
                .list()
                .ofMaxSize(6);
    }
}
