package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressKindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.1.1",
                "198.20.0.1",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::808:808",
            })
    void globallyReachableAddressesArePublic(String address) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(AddressKind.PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "240.0.0.1",
                "255.255.255.254",
                "::1",
                "fc00::1",
                "fd00::1",
                "fec0::1",
                "2001:db8::1",
                "2001:10::1",
                "3fff::1",
                "100::1",
                "5f00::1",
                "4000::1",
                "2002:808:808::1",
                "::8.8.8.8",
                "2002:7f00:1::",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "2001:0:808:808::f7f7:f7f7",
                "2a00::5efe:808:808",
                "2a00::200:5efe:a00:1",
            })
    void specialUseAddressesAreSpecialInEverySpelling(String address) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(AddressKind.SPECIAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "::",
                "fe80::1",
                "febf::1",
                "ff02::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "2001:0:808:808::5601:5601",
                "2a00::5efe:a9fe:a9fe",
                "::ffff:0:a9fe:a9fe",
            })
    void metadataLinkLocalAndMulticastAreForbiddenInEverySpelling(String address) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(AddressKind.FORBIDDEN);
    }

    /** Seeded random generation. */
    @Test
    void anIpv4AddressIsNeverBetterWhenWrappedInIpv6() throws UnknownHostException {
        Random random = new Random(42);
        byte[] four = new byte[4];
        for (int i = 0; i < 5000; i++) {
            random.nextBytes(four);
            if (i % 2 == 0) {
                four[0] = new byte[] {10, 127, (byte) 169, (byte) 192, (byte) 224, 0}[i % 6];
            }
            AddressKind plain = AddressKind.of(InetAddress.getByAddress(four));
            byte[] six = new byte[16];
            System.arraycopy(four, 0, six, 12, 4);
            if (six[12] != 0) {
                assertThat(AddressKind.of(Inet6Address.getByAddress(null, six, -1)))
                        .isGreaterThanOrEqualTo(plain);
            }
            six[10] = -1;
            six[11] = -1;
            assertThat(AddressKind.of(Inet6Address.getByAddress(null, six, -1))).isEqualTo(plain);
            byte[] nat64 = six.clone();
            nat64[1] = 0x64;
            nat64[2] = -1;
            nat64[3] = (byte) 0x9b;
            nat64[10] = 0;
            nat64[11] = 0;
            assertThat(AddressKind.of(InetAddress.getByAddress(nat64))).isEqualTo(plain);
        }
    }
}
