package dev.latchkey.auth.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SocketConnectionTest {

    private static final int MOST_QUEUED = 10;
    private static final AccessToken TOKEN =
            new AccessToken("id", "user", "grant", "client", Set.of(), Instant.EPOCH, Instant.EPOCH);

    private final List<String> sent = new ArrayList<>();
    private final List<Integer> closeCodes = new ArrayList<>();
    private final List<String> handled = new ArrayList<>();
    private final List<Runnable> started = new ArrayList<>();
    private boolean reads = true;
    private final SocketConnection connection = new SocketConnection(
            transport(), new ClientAddress(InetAddress.getLoopbackAddress(), true), MOST_QUEUED, Duration.ofMillis(50));

    @Test
    void messagesAreHandledByOneThreadInTheirOrder() {
        receive("a");
        receive("b");
        receive("c");

        assertThat(started).hasSize(1);
        started.getFirst().run();
        assertThat(handled).containsExactly("a", "b", "c");
        receive("d");
        assertThat(started).hasSize(2);
    }

    @Test
    void tooManyWaitingMessagesCloseAndAreForgotten() {
        for (int i = 0; i <= MOST_QUEUED; i++) {
            receive("m" + i);
        }

        assertThat(closeCodes).containsExactly(1000);
        receive("after");
        started.forEach(Runnable::run);
        assertThat(handled).isEmpty();
    }

    @Test
    void aStrangerMayQueueLittle() {
        receive("x".repeat(16 * 1024));
        assertThat(connection.closed()).isFalse();
        receive("x");
        assertThat(connection.closed()).isTrue();
    }

    @Test
    void anAuthenticatedClientMayQueueAFewLargeMessages() {
        connection.authenticated(TOKEN);
        for (int i = 0; i < 8; i++) {
            receive("x".repeat(64 * 1024));
        }
        assertThat(connection.closed()).isFalse();
        receive("x");
        assertThat(connection.closed()).isTrue();
    }

    @Test
    void aHandledMessageMakesRoomForAnother() {
        for (int i = 0; i < 3 * MOST_QUEUED; i++) {
            receive("x".repeat(10 * 1024));
            started.removeFirst().run();
        }

        assertThat(connection.closed()).isFalse();
    }

    @Test
    void aHandlerThatFailsClosesItsConnection() {
        connection.received("a", started::add, message -> {
            throw new StackOverflowError();
        });

        try {
            started.getFirst().run();
        } catch (StackOverflowError expected) {
            assertThat(closeCodes).containsExactly(1000);
        }
        assertThat(connection.closed()).isTrue();
    }

    @Test
    void aConnectionThatCannotBeServedIsClosed() {
        connection.received(
                "a",
                task -> {
                    throw new RejectedExecutionException();
                },
                handled::add);

        assertThat(closeCodes).containsExactly(1000);
    }

    @Test
    void aClientThatDoesNotReadIsCutOff() {
        reads = false;

        connection.send("answer");

        assertThat(closeCodes).containsExactly(1000);
    }

    @Test
    void closingTwiceClosesOnce() {
        connection.close();
        connection.close();
        connection.revoked();

        assertThat(closeCodes).containsExactly(1000);
    }

    @Test
    void aConnectionThatTheClientClosedIsNotClosedAgain() {
        connection.transportClosed();
        connection.close();

        assertThat(closeCodes).isEmpty();
    }

    @Test
    void aRevocationByAnotherClosesAtOnceAndByACommandOfItsOwnAfterTheAnswer() {
        connection.received("delete", started::add, message -> {
            connection.revoked();
            assertThat(connection.closed()).isFalse();
            connection.send("{}");
        });

        started.getFirst().run();

        assertThat(sent).containsExactly("{}");
        assertThat(closeCodes).containsExactly(1000);
    }

    private void receive(String message) {
        connection.received(message, started::add, handled::add);
    }

    private WebSocketConnection transport() {
        return (WebSocketConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WebSocketConnection.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "sendText" -> {
                            sent.add((String) arguments[0]);
                            return reads
                                    ? Uni.createFrom().voidItem()
                                    : Uni.createFrom().nothing();
                        }
                        case "close" -> {
                            return Uni.createFrom()
                                    .voidItem()
                                    .onSubscription()
                                    .invoke(() -> closeCodes.add(((CloseReason) arguments[0]).getCode()));
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }
}
