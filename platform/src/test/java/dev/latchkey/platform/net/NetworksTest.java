package dev.latchkey.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    @Test
    void containsTheAddressesOfItsNetworksAndNoOther() {
        Networks networks = Networks.of("10.0.0.0/8", " 192.168.1.10 ", "", "fd00::/8");

        assertThat(networks.contains(ip("10.255.0.1"))).isTrue();
        assertThat(networks.contains(ip("192.168.1.10"))).isTrue();
        assertThat(networks.contains(ip("fd12::1"))).isTrue();
        assertThat(networks.contains(ip("192.168.1.11"))).isFalse();
        assertThat(networks.contains(ip("11.0.0.0"))).isFalse();
        assertThat(networks.contains(ip("fe80::1"))).isFalse();
    }

    @Test
    void everythingOfOneFamilyIsNotEverythingOfTheOther() {
        assertThat(Networks.of("0.0.0.0/0").contains(ip("8.8.8.8"))).isTrue();
        assertThat(Networks.of("0.0.0.0/0").contains(ip("2001:db8::1"))).isFalse();
        assertThat(Networks.of("::/0").contains(ip("8.8.8.8"))).isFalse();
    }

    @Test
    void anEmptyListContainsNothing() {
        assertThat(Networks.none().contains(ip("127.0.0.1"))).isFalse();
        assertThat(Networks.of(" ").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "0.0.0.0/00",
                "/8",
                "10/8",
                "10.0.0",
                "10.*.*.*",
                "10.0.0.1-5",
                "10.0.0.0/255.0.0.0",
                "010.0.0.0/8",
                "0x7f.0.0.1",
                "fe80::1%eth0",
                "localhost",
                "*",
                "::/129",
                "fd00::1/8",
            })
    void aTypingErrorIsAnErrorNotAWiderNetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Networks.of(text)).withMessageContaining(text);
    }

    static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
