package dev.latchkey.auth.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.SocketClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many sockets one address, and all together, may have open. */
@AuthServiceTest
@TestProfile(SmallLimits.class)
class ConnectionLimitsIT {

    @Inject
    People people;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void everyoneBeforeHasLeft() {
        await().atMost(Duration.ofSeconds(20)).until(() -> openSockets() == 0);
    }

    @Test
    void oneAddressMayOpenSoManyConnectionsAndNoMoreBeforeOneCloses() {
        List<SocketClient> clients = openFrom("198.51.100.7");
        try {
            assertThat(handshakeStatus("198.51.100.7")).isEqualTo(429);
            SocketClient.openFrom("198.51.100.8").close();

            clients.removeFirst().close();
            await().untilAsserted(
                            () -> assertThat(handshakeStatus("198.51.100.7")).isEqualTo(101));
        } finally {
            clients.forEach(SocketClient::close);
        }
    }

    @Test
    void oneAddressMayHaveFewConnectionsThatAreNotAuthenticated() {
        String accessToken = people.signIn(people.someone()).accessToken();
        List<SocketClient> strangers = strangersFrom("198.51.100.20", SmallLimits.MOST_STRANGERS_FROM_ONE_ADDRESS);
        try {
            assertThat(handshakeStatus("198.51.100.20")).isEqualTo(429);
            assertThat(handshakeStatus("198.51.100.21")).isEqualTo(101);

            strangers.getFirst().authenticate(accessToken);
            assertThat(handshakeStatus("198.51.100.20")).isEqualTo(101);
        } finally {
            strangers.forEach(SocketClient::close);
        }
    }

    @Test
    void allAddressesTogetherMayHaveSoManyConnectionsThatAreNotAuthenticated() {
        List<SocketClient> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < SmallLimits.MOST_STRANGERS; i++) {
                strangers.add(strangerFrom("198.51.100." + (30 + i)));
            }
            assertThat(handshakeStatus("198.51.100.50")).isEqualTo(429);
        } finally {
            strangers.forEach(SocketClient::close);
        }
    }

    @Test
    void theLocalNetworkWhichEverybodyMayShareIsOnlyHeldToTheOtherLimits() {
        List<SocketClient> strangers = strangersFrom("192.168.1.5", SmallLimits.MOST_STRANGERS_FROM_ONE_ADDRESS + 1);
        try {
            assertThat(handshakeStatus("192.168.1.5")).isEqualTo(101);
        } finally {
            strangers.forEach(SocketClient::close);
        }
    }

    @Test
    void oneIpv6NetworkCountsAsOneAddress() {
        List<SocketClient> clients = openFrom("2001:db8:1:1::1");
        try {
            assertThat(handshakeStatus("2001:db8:1:1:ffff::2")).isEqualTo(429);
            assertThat(handshakeStatus("2001:db8:1:2::1")).isEqualTo(101);
        } finally {
            clients.forEach(SocketClient::close);
        }
    }

    @Test
    void manyHandshakesAtOnceDoNotGetPastTheLimit() {
        List<CompletableFuture<SocketClient>> attempts = IntStream.range(0, 5 * SmallLimits.MOST_FROM_ONE_ADDRESS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> SocketClient.openFrom("198.51.100.9"))
                        .exceptionally(failure -> null))
                .toList();
        List<SocketClient> clients = attempts.stream()
                .map(CompletableFuture::join)
                .filter(Objects::nonNull)
                .toList();
        clients.forEach(SocketClient::closeCode);
        long greeted = clients.stream().filter(SocketClient::hasMore).count();

        assertThat(greeted).isBetween(1L, (long) SmallLimits.MOST_STRANGERS_FROM_ONE_ADDRESS);
    }

    @Test
    void theGaugeCountsOpenConnections() {
        try (SocketClient one = SocketClient.open();
                SocketClient two = SocketClient.open()) {
            one.next();
            two.next();

            assertThat(openSockets()).isEqualTo(2);
        }
        await().until(() -> openSockets() == 0);
    }

    private double openSockets() {
        return metrics.get("latchkey.auth.sockets.open").gauge().value();
    }

    private List<SocketClient> openFrom(String address) {
        String accessToken = people.signIn(people.someone()).accessToken();
        List<SocketClient> clients = new ArrayList<>();
        for (int i = 0; i < SmallLimits.MOST_FROM_ONE_ADDRESS; i++) {
            clients.add(SocketClient.signedInFrom(address, accessToken));
        }
        return clients;
    }

    private static List<SocketClient> strangersFrom(String address, int count) {
        List<SocketClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(strangerFrom(address));
        }
        return clients;
    }

    /** Who was greeted is counted; the handshake alone ends before that. */
    private static SocketClient strangerFrom(String address) {
        SocketClient stranger = SocketClient.openFrom(address);
        await().until(stranger::hasMore);
        return stranger;
    }

    private static int handshakeStatus(String from) {
        CompletionException refused = catchThrowableOfType(
                CompletionException.class, () -> SocketClient.openFrom(from).close());
        return refused == null
                ? 101
                : ((WebSocketHandshakeException) refused.getCause())
                        .getResponse()
                        .statusCode();
    }
}
