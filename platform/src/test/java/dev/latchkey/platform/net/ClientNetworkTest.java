package dev.latchkey.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, 198.51.100.7, false",
        "::ffff:198.51.100.7, 198.51.100.7, false",
        "2001:db8:1:1:ffff::2, 2001:db8:1:1::/64, false",
        "192.168.1.5, 192.168.1.5, true",
        "fe80::1%1, fe80::/64, true",
        "::1, ::/64, true",
    })
    void anIpv4AddressStandsForItselfAndAnIpv6AddressForItsHousehold(String address, String network, boolean local)
            throws UnknownHostException {
        assertThat(ClientNetwork.of(InetAddress.getByName(address))).isEqualTo(new ClientNetwork(network, local));
    }
}
