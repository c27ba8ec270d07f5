package dev.latchkey.platform.outbound;

import static dev.latchkey.platform.outbound.OutboundResult.Refusal.ADDRESS_NOT_ALLOWED;
import static dev.latchkey.platform.outbound.OutboundResult.Refusal.INVALID_URL;
import static dev.latchkey.platform.outbound.OutboundResult.Refusal.OWN_ADDRESS;
import static dev.latchkey.platform.outbound.OutboundResult.Refusal.PORT_NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final String PUBLIC = "93.184.216.34";

    private final AddressGuard guard = guard(Networks.none(), "80,443,8000-8999", "https://latchkey.example.com");

    @Test
    void aPublicNameOnAWebPortMayBeReached() {
        assertThat(judge(guard, "https://app.example.com/id", PUBLIC, "2606:4700::1"))
                .isEmpty();
    }

    @Test
    void oneSpecialUseAnswerAmongPublicOnesRefusesAll() {
        assertThat(judge(guard, "https://app.example.com/", PUBLIC, "10.0.0.1")).contains(ADDRESS_NOT_ALLOWED);
        assertThat(judge(guard, "https://app.example.com/", "::1", PUBLIC)).contains(ADDRESS_NOT_ALLOWED);
    }

    @Test
    void specialUseAnswersMustAllLieInTheAllowedNetworks() {
        AddressGuard home = guard(Networks.of("192.168.0.0/16"), "80", "https://latchkey.example.com");

        assertThat(judge(home, "http://nas.example.com/", "192.168.0.7")).isEmpty();
        assertThat(judge(home, "http://nas.example.com/", "192.168.0.7", "10.0.0.7"))
                .contains(ADDRESS_NOT_ALLOWED);
        assertThat(judge(home, "http://nas.example.com/", "192.168.0.7", PUBLIC))
                .contains(ADDRESS_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "ff02::1", "fd00:ec2::254"})
    void whatIsForbiddenStaysForbiddenHoweverWideTheAllowedNetworksAre(String address) {
        AddressGuard wide = guard(Networks.of("0.0.0.0/0", "::/0", "169.254.0.0/16"), "80", "https://a.example.com");

        assertThat(judge(wide, "http://app.example.com/", address)).contains(ADDRESS_NOT_ALLOWED);
        assertThat(judge(wide, "http://app.example.com/", PUBLIC, address)).contains(ADDRESS_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "app.localhost",
                "app.localhost.",
                "metadata.google.internal",
                "printer.local",
                "auth.latchkey.svc.cluster.local",
                "auth.latchkey.svc",
                "kubernetes",
                "router.home.arpa",
            })
    void namesThatMeanHereOrInsideNeedAllowedNetworksEvenIfTheyResolveToPublicAddresses(String name) {
        AddressGuard home = guard(Networks.of("127.0.0.0/8"), "80", "https://latchkey.example.com");

        assertThat(judge(home, "http://" + name + "/", PUBLIC)).contains(ADDRESS_NOT_ALLOWED);
        assertThat(judge(home, "http://" + name + "/", "127.0.0.1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://latchkey.example.com/",
                "http://LATCHKEY.example.com",
                "https://latchkey.example.com.:8443/x"
            })
    void ourOwnPublicHostIsNeverRequestedOnAnyPort(String url) {
        assertThat(judge(guard, url, PUBLIC)).contains(OWN_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8123/",
                "http://localhost:8123/",
                "http://127.9.9.9:8123/",
                "http://[::1]:8123/",
                "http://rebound.example.com:8123/",
            })
    void anOwnOriginOnLoopbackIsOursInEverySpellingButOtherPortsAreNot(String url) {
        AddressGuard embedded = guard(Networks.of("127.0.0.0/8", "::1"), "1024-65535", "http://127.0.0.1:8123");

        assertThat(judge(embedded, url, url.contains("[") ? "::1" : "127.0.0.1"))
                .contains(OWN_ADDRESS);
        assertThat(judge(embedded, url.replace("8123", "9000"), "127.0.0.1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "22", "25", "81", "6379", "7999", "9000"})
    void portsOutsideTheListAreRefusedBeforeResolving(int port) {
        assertThat(guard.beforeResolving(address("http://app.example.com:" + port + "/")))
                .contains(PORT_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../x", "/..;/x", "/%2e%2e/x", "/a%2f..%2fb", "/%00", "/%zz", "/a|b", "/\"", "/?q=<x>", "/%"})
    void targetsThatServersCouldReadDifferentlyAreRefused(String path) {
        assertThat(guard.beforeResolving(address("https://app.example.com" + path)))
                .contains(INVALID_URL);
    }

    @Test
    void theLongestTargetsAreJudgedToo() {
        for (String piece : List.of("a", "%41", "/", ";", "/.a")) {
            String path = "/" + piece.repeat(2000 / piece.length());

            assertThat(guard.beforeResolving(address("https://a.example.com" + path)))
                    .isEmpty();
        }
    }

    @Test
    void portListsAreReadStrictly() {
        assertThat(Ports.parse(" 80 ,443, 1024 - 2000,").contains(1500)).isTrue();
        assertThat(Ports.WEB.contains(8080)).isFalse();
        for (String wrong : List.of("0", "65536", "2-1", "x", "80;443", "-80", "1-2-3")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse(wrong));
        }
    }

    private static AddressGuard guard(Networks allowed, String ports, String own) {
        return new AddressGuard(new OutboundPolicy(allowed, Ports.parse(ports), List.of(address(own)), 1));
    }

    private static Optional<Refusal> judge(AddressGuard guard, String url, String... answers) {
        WebAddress target = address(url);
        return guard.beforeResolving(target)
                .or(() -> guard.afterResolving(
                        target, Stream.of(answers).map(AddressGuardTest::ip).toList()));
    }

    private static WebAddress address(String url) {
        return WebAddress.parse(url).orElseThrow();
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
