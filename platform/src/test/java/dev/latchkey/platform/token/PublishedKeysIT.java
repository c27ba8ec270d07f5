package dev.latchkey.platform.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.token.TokenVerdict.Refused;
import dev.latchkey.platform.token.TokenVerdict.Unavailable;
import dev.latchkey.platform.token.TokenVerdict.Valid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys come and go, auth-service is sometimes away, and strangers name keys that never were. */
class PublishedKeysIT {

    private final MovingClock clock = new MovingClock();
    private final TokenMaker first = TokenMaker.with(clock.instant());
    private final TokenMaker second = TokenMaker.with(clock.instant());
    private KeyServer server;
    private AccessTokenVerifier verifier;

    @BeforeEach
    void start() {
        server = new KeyServer();
        server.publish(first);
        JwksClient client = new JwksClient(server.url(), Duration.ofSeconds(10));
        verifier = new AccessTokenVerifier(
                TokenMaker.ISSUER, new PublishedKeys(client::fetch, clock::nanoTime), 1_000, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aKeyThatIsNewToUsIsFetchedOnce() {
        assertThat(verify(first.token())).isInstanceOf(Valid.class);
        server.publish(first, second);
        clock.advance(PublishedKeys.SHORTEST_INTERVAL);

        assertThat(verify(second.token())).isInstanceOf(Valid.class);
        assertThat(verify(second.claim("jti", "another").token())).isInstanceOf(Valid.class);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aFloodOfKeysThatNeverWereBringsOneRequestEachTenSeconds() {
        verify(first.token());
        for (int round = 1; round <= 3; round++) {
            clock.advance(PublishedKeys.SHORTEST_INTERVAL);
            List<CompletableFuture<TokenVerdict>> flood = IntStream.range(0, 200)
                    .mapToObj(i -> verifier.verify(
                                    second.header("kid", "none-" + i).token())
                            .toCompletableFuture())
                    .toList();

            assertThat(flood).extracting(CompletableFuture::join).containsOnly(new Refused(TokenVerdict.UNKNOWN_KEY));
            assertThat(server.requests()).isEqualTo(1 + round);
        }
        assertThat(verify(first.claim("jti", "in the flood").token())).isInstanceOf(Valid.class);
    }

    @Test
    void theKnownKeysStayWhileAuthServiceIsAway() {
        String seen = first.token();
        verify(seen);
        server.answerWith(503);
        clock.advance(PublishedKeys.OLD.plusSeconds(1));

        assertThat(verifier.known(seen)).isNotNull();
        assertThat(verify(first.claim("jti", "unseen").token())).isInstanceOf(Valid.class);
        await().until(() -> server.requests() == 2);
        await().until(() -> verify(second.token()) instanceof Unavailable);
        assertThat(verify(first.claim("jti", "a third").token())).isInstanceOf(Valid.class);
    }

    @Test
    void nothingIsAcceptedBeforeTheKeysAreThereAndAllIsWellSoonAfter() {
        server.answerWith(500);
        assertThat(verify(first.token())).isInstanceOf(Unavailable.class);
        assertThat(verify(first.token())).isInstanceOf(Unavailable.class);
        assertThat(server.requests()).as("within a second").isEqualTo(1);

        server.answerWith(200);
        clock.advance(PublishedKeys.SHORTEST_RETRY);

        assertThat(verify(first.token())).isInstanceOf(Valid.class);
    }

    @Test
    void aTokenFallsWithItsKey() {
        String token = first.token();
        verify(token);
        server.publish(second);
        clock.advance(PublishedKeys.OLD.plusSeconds(1));

        assertThat(verifier.known(token))
                .as("the look at old keys fetches newer ones")
                .isNotNull();

        await().until(() -> verifier.known(token) == null);
        assertThat(verify(token)).isEqualTo(new Refused(TokenVerdict.UNKNOWN_KEY));
    }

    @Test
    void freshKeysAreNotFetchedAgain() {
        verify(first.token());
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofSeconds(5));
            assertThat(verify(first.claim("jti", "token " + i).token())).isInstanceOf(Valid.class);
        }

        assertThat(server.requests()).isEqualTo(1);
    }

    private TokenVerdict verify(String token) {
        return verifier.verify(token).toCompletableFuture().join();
    }
}
