package dev.latchkey.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.net.ClientNetwork;
import dev.latchkey.platform.outbound.OutboundPolicy.Limits;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import dev.latchkey.platform.outbound.OutboundResult.Refused;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import dev.latchkey.testing.RawServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many requests are under way at once, and whose. */
class OutboundSharesIT extends OutboundClients {

    private static final OnBehalfOf STRANGER = new OnBehalfOf(new ClientNetwork("198.51.100.7", false), true);
    private static final OnBehalfOf NEIGHBOUR = new OnBehalfOf(new ClientNetwork("198.51.100.8", false), true);

    @Test
    void whenTooManyAreUnderWayTheNextIsRefusedAtOnceAndTheRoomComesBack() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp two = client(this::loopback, 2);
            String url = "http://app.example.com:" + server.port() + "/";
            CompletableFuture<OutboundResult> first = two.send(request(url, SHORT));
            CompletableFuture<OutboundResult> second = two.send(request(url, SHORT));

            assertThat(two.send(request(url, SHORT)).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(first.join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(second.join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(two.send(request(url, SHORT)).join()).isEqualTo(new Failed(Failure.TIMEOUT));
        }
    }

    @Test
    void oneClientCannotTakeTheShareOfOthers() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp http = client(this::loopback, new Limits(8, 2, 8));
            List<CompletableFuture<OutboundResult>> stalling = IntStream.range(0, 2)
                    .mapToObj(i -> http.send(to("h" + i, server), STRANGER))
                    .toList();

            assertThat(http.send(to("h3", server), STRANGER).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(http.send(to("h3", server), NEIGHBOUR).join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(stalling).allSatisfy(sent -> assertThat(sent.join()).isEqualTo(new Failed(Failure.TIMEOUT)));
            await().untilAsserted(() ->
                    assertThat(http.send(to("h3", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT)));
        }
    }

    @Test
    void oneHostGetsNoMoreThanItsShare() throws IOException {
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp http = client(this::loopback, new Limits(8, 8, 1));
            CompletableFuture<OutboundResult> first = http.send(to("a", server), STRANGER);

            assertThat(http.send(to("a", server), NEIGHBOUR).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(http.send(to("b", server), NEIGHBOUR).join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(first.join()).isEqualTo(new Failed(Failure.TIMEOUT));
        }
    }

    @Test
    void whatIsNotEssentialLeavesHalfToWhatIs() throws IOException {
        OnBehalfOf curious = new OnBehalfOf(NEIGHBOUR.network(), false);
        try (RawServer server = new RawServer(out -> Thread.sleep(5000))) {
            OutboundHttp http = client(this::loopback, new Limits(4, 4, 4));
            http.send(to("a", server), curious);
            http.send(to("b", server), curious);

            assertThat(http.send(to("c", server), curious).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(http.send(to("c", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT));
        }
    }

    @Test
    void aLookUpThatOutlivesItsRequestStillCountsAgainstItsClientAndNobodyElse() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        HostResolver slow = name -> {
            if (name.startsWith("slow")) {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return loopback(name);
        };
        try (RawServer server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            OutboundHttp http = client(slow, new Limits(4, 2, 4));
            assertThat(http.send(to("slow1", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT));
            assertThat(http.send(to("slow2", server), STRANGER).join()).isEqualTo(new Failed(Failure.TIMEOUT));

            assertThat(http.send(to("a", server), STRANGER).join()).isEqualTo(new Refused(Refusal.BUSY));
            assertThat(answered(http.send(to("a", server), NEIGHBOUR).join()).status())
                    .isEqualTo(204);
            answer.countDown();
            await().untilAsserted(() ->
                    assertThat(http.send(to("a", server), STRANGER).join()).isInstanceOf(Response.class));
        } finally {
            answer.countDown();
        }
    }
}
