package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.net.WebAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnEndpointsTest {

    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final AtomicReference<List<String>> answers = new AtomicReference<>(List.of("10.96.0.5", "fd00::5"));
    private final AtomicInteger lookUps = new AtomicInteger();
    private final HostResolver resolver = name -> {
        lookUps.incrementAndGet();
        if (answers.get().isEmpty()) {
            throw new UnknownHostException(name);
        }
        return addresses(answers.get());
    };

    @ParameterizedTest
    @CsvSource({
        "http://auth-service:8081/, 10.9.9.9, true", // by name, whatever it resolves to today
        "http://10.96.0.5:8081/, 10.96.0.5, true", // by one of its addresses
        "https://[fd00::5]:8081/x, fd00::5, true",
        "http://innocent.example.com:8081/, 10.96.0.5, true", // by another name
        "http://10.96.0.5:3000/, 10.96.0.5, false", // another port is another program
        "http://10.96.0.6:8081/, 10.96.0.6, false",
    })
    void anEndpointIsRecognisedByNameAndByAddress(String url, String answer, boolean own) {
        assertThat(at(START, "http://auth-service:8081").contain(address(url), addresses(List.of(answer))))
                .isEqualTo(own);
    }

    @Test
    void anEndpointOnThisMachineIsRecognisedByEveryAddressOfTheMachine() throws Exception {
        OwnEndpoints own = at(START, "http://127.0.0.1:5432", "http://0.0.0.0:8123");
        Stream<InetAddress> machine = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);

        assertThat(machine).allSatisfy(address -> {
            assertThat(own.contain(address("http://x.example.com:5432"), List.of(address)))
                    .isTrue();
            assertThat(own.contain(address("http://x.example.com:8123"), List.of(address)))
                    .isTrue();
            assertThat(own.contain(address("http://x.example.com:3000"), List.of(address)))
                    .isFalse();
        });
        assertThat(own.contain(address("http://127.8.8.8:5432"), addresses(List.of("127.8.8.8"))))
                .isTrue();
        assertThat(own.contain(address("http://203.0.113.9:5432"), addresses(List.of("203.0.113.9"))))
                .isFalse();
    }

    @Test
    void aNameIsLookedUpOnceAMinuteAndKeepsItsAddressesWhileItCannotBe() {
        AtomicReference<Instant> now = new AtomicReference<>(START);
        OwnEndpoints own = new OwnEndpoints(List.of(address("http://db:5432")), resolver, clock(now));

        assertThat(own.contain(address("http://a.example:5432"), addresses(List.of("10.96.0.5"))))
                .isTrue();
        answers.set(List.of());
        now.set(START.plusSeconds(59));
        assertThat(own.contain(address("http://a.example:5432"), addresses(List.of("10.96.0.5"))))
                .isTrue();
        assertThat(lookUps).hasValue(1);
        now.set(START.plusSeconds(61));
        assertThat(own.contain(address("http://a.example:5432"), addresses(List.of("10.96.0.5"))))
                .isTrue();
        assertThat(lookUps).hasValue(2);
        answers.set(List.of("10.96.0.7"));
        now.set(START.plusSeconds(63));
        assertThat(own.contain(address("http://a.example:5432"), addresses(List.of("10.96.0.7"))))
                .isTrue();
    }

    private OwnEndpoints at(Instant now, String... endpoints) {
        return new OwnEndpoints(
                Stream.of(endpoints).map(OwnEndpointsTest::address).toList(),
                resolver,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return Clock.offset(this, Duration.ZERO);
            }
        };
    }

    private static WebAddress address(String url) {
        return WebAddress.parse(url).orElseThrow();
    }

    private static List<InetAddress> addresses(List<String> literals) {
        return literals.stream()
                .map(literal -> {
                    try {
                        return InetAddress.getByName(literal);
                    } catch (UnknownHostException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
