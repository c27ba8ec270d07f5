package dev.latchkey.platform.net;

import static dev.latchkey.platform.net.NetworksTest.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {

    private static final InetAddress PROXY = ip("10.0.0.2");
    private static final InetAddress STRANGER = ip("203.0.113.9");

    private final ClientAddresses addresses = new ClientAddresses(Networks.of("10.0.0.0/24", "fd00::/64"));

    @Test
    void aPeerThatIsNoTrustedProxyIsTheClientWhateverItSays() {
        assertThat(addresses.clientOf(STRANGER, List.of("192.168.1.10"), false).address())
                .isEqualTo(STRANGER);
    }

    @Test
    void withoutTheHeaderThePeerIsTheClient() {
        assertThat(addresses.clientOf(PROXY, List.of(), false).address()).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7 | 198.51.100.7",
                "127.0.0.1, 198.51.100.7 | 198.51.100.7",
                "127.0.0.1, 198.51.100.7, 10.0.0.3 | 198.51.100.7",
                "198.51.100.7:4711 | 198.51.100.7",
                "[2001:db8::7]:4711 | 2001:db8::7",
                "[2001:db8::7] | 2001:db8::7",
                "2001:db8::7,fd00::5 | 2001:db8::7",
                "::ffff:198.51.100.7 | 198.51.100.7",
                "10.0.0.9, 10.0.0.3 | 10.0.0.9",
            })
    void theFirstAddressFromTheRightThatIsNoTrustedProxyIsTheClient(String header, String client) {
        assertThat(addresses.clientOf(PROXY, List.of(header), false).address()).isEqualTo(ip(client));
    }

    @Test
    void aClientInTheLocalNetworkIsLocal() {
        assertThat(addresses.clientOf(ip("192.168.1.7"), List.of(), false)).isEqualTo(local("192.168.1.7"));
        assertThat(addresses.clientOf(PROXY, List.of(), false)).isEqualTo(local("10.0.0.2"));
        assertThat(addresses.clientOf(PROXY, List.of("192.168.1.7"), false)).isEqualTo(local("192.168.1.7"));
        assertThat(addresses.clientOf(PROXY, List.of("192.168.1.7"), true)).isEqualTo(local("192.168.1.7"));
        assertThat(addresses.clientOf(STRANGER, List.of(), false)).isEqualTo(remote("203.0.113.9"));
        assertThat(addresses.clientOf(PROXY, List.of("198.51.100.7"), false)).isEqualTo(remote("198.51.100.7"));
    }

    @Test
    void aProxyThatIsNotTrustedIsNeverLocal() {
        InetAddress unlisted = ip("192.168.1.7");

        assertThat(addresses.clientOf(unlisted, List.of("198.51.100.7"), false)).isEqualTo(remote("192.168.1.7"));
        assertThat(addresses.clientOf(unlisted, List.of("192.168.1.8"), false)).isEqualTo(remote("192.168.1.7"));
        assertThat(addresses.clientOf(unlisted, List.of(""), false)).isEqualTo(remote("192.168.1.7"));
        assertThat(addresses.clientOf(unlisted, List.of(), true)).isEqualTo(remote("192.168.1.7"));
        assertThat(addresses.clientOf(PROXY, List.of("198.51.100.7, 192.168.1.7"), false))
                .isEqualTo(remote("192.168.1.7"));
    }

    @Test
    void aTrustedProxyThatDoesNotSayWhoIsBehindItIsNotLocal() {
        assertThat(addresses.clientOf(PROXY, List.of("unknown"), false)).isEqualTo(remote("10.0.0.2"));
        assertThat(addresses.clientOf(PROXY, List.of("unknown, 10.0.0.3"), false))
                .isEqualTo(remote("10.0.0.3"));
        assertThat(addresses.clientOf(PROXY, List.of(), true)).isEqualTo(remote("10.0.0.2"));
    }

    private static ClientAddress local(String address) {
        return new ClientAddress(ip(address), true);
    }

    private static ClientAddress remote(String address) {
        return new ClientAddress(ip(address), false);
    }

    @Test
    void severalHeaderLinesAreOneListInTheirOrder() {
        assertThat(addresses
                        .clientOf(PROXY, List.of("127.0.0.1", "198.51.100.7, 10.0.0.3"), false)
                        .address())
                .isEqualTo(ip("198.51.100.7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unknown",
                "_hidden",
                "localhost",
                "127.1",
                "0x7f.0.0.1",
                "2130706433",
                "127.0.0.1, bogus",
                "127.0.0.1,",
                "127.0.0.1:x",
                "[::1",
                "::1]",
                "[127.0.0.1]:80]",
                "fe80::1%eth0",
                "127.0.0.1/8",
                "\u0661.1.1.1",
            })
    void nonsenseFromATrustedProxyIsCountedAsTheProxyItself(String header) {
        assertThat(addresses.clientOf(PROXY, List.of(header), false).address()).isEqualTo(PROXY);
    }

    @Test
    void anEndlessChainOfProxiesIsReadOnlySoFar() {
        String header = "127.0.0.1," + "10.0.0.3,".repeat(10_000) + "10.0.0.4";

        assertThat(addresses.clientOf(PROXY, List.of(header), false).address()).isEqualTo(ip("10.0.0.3"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.10, true", "10.0.0.0, true", "172.16.0.0, true", "172.31.255.255, true", "127.0.0.1, true",
        "169.254.1.1, true", "::1, true", "fe80::1, true", "fd00::1, true", "::ffff:192.168.0.10, true",
        "1.2.3.4, false", "11.0.0.0, false", "172.32.0.0, false", "192.167.0.0, false", "255.255.255.255, false",
        "0.0.0.0, false", "100.64.0.1, false", "2001:db8::1, false", "::, false", "::ffff:8.8.8.8, false",
        "2002:c0a8:1::1, false", "64:ff9b::c0a8:1, false",
    })
    void localMeansLoopbackPrivateLinkLocalOrUniqueLocal(String address, boolean local) {
        assertThat(ClientAddresses.isLocal(ip(address))).isEqualTo(local);
    }

    @Test
    void anIpv4MappedAddressIsJudgedAsTheIpv4AddressInside() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(ip("192.168.0.10").getAddress(), 0, mapped, 12, 4);

        assertThat(ClientAddresses.isLocal(Inet6Address.getByAddress(null, mapped, -1)))
                .isTrue();
    }
}
