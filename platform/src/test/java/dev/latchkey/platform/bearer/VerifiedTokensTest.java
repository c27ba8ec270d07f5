package dev.latchkey.platform.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.bearer.BearerVerdict.Accepted;
import dev.latchkey.platform.bearer.BearerVerdict.Refused;
import dev.latchkey.platform.bearer.BearerVerdict.Unavailable;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.net.ClientAddresses;
import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.token.AccessToken;
import dev.latchkey.platform.token.AccessTokenVerifier;
import dev.latchkey.platform.token.KeyServer;
import dev.latchkey.platform.token.TokenMaker;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A genuine token is not enough: its grant must stand, and its user may be served. */
class VerifiedTokensTest {

    private static final ClientAddress CLIENT =
            new ClientAddresses(Networks.parse(List.of())).clientOf(InetAddress.getLoopbackAddress(), List.of(), false);

    private final TokenMaker maker = TokenMaker.with(Instant.now());
    private final List<String> asked = new ArrayList<>();
    private KeyServer server;
    private AccessTokenVerifier verifier;
    private CompletionStage<GrantStatus> live = CompletableFuture.completedFuture(GrantStatus.LIVE);
    private HolderCheck holders = (token, client) -> Optional.of(token.groups());

    @BeforeEach
    void start() {
        server = new KeyServer();
        server.publish(maker);
        verifier = AccessTokenVerifier.of(TokenMaker.ISSUER, server.url(), 100, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenWhoseGrantStandsIsAccepted() {
        assertThat(judge(maker.token()))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.groups()).containsExactly("system-users"));
    }

    @Test
    void aRevokedGrantIsRefusedHoweverOftenItsTokenWasGood() {
        String token = maker.token();
        judge(token);
        live = CompletableFuture.completedFuture(GrantStatus.REVOKED);

        assertThat(judge(token)).isInstanceOf(Refused.class);
        assertThat(judge(token)).isInstanceOf(Refused.class);
        live = CompletableFuture.completedFuture(GrantStatus.LIVE);
        assertThat(judge(token)).isInstanceOf(Accepted.class);
        assertThat(asked).as("revocation is never remembered").hasSize(4);
    }

    @Test
    void whatIsNoTokenIsNobodysBusiness() {
        assertThat(judge("x")).isInstanceOf(Refused.class);
        assertThat(judge(maker.claim("aud", "https://other.example").token())).isInstanceOf(Refused.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aKnownTokenIsJudgedAtOnce() {
        String token = maker.token();
        judge(token);

        assertThat(tokens().judge(token, CLIENT).toCompletableFuture()).isCompleted();
    }

    @Test
    void aCheckThatFailsAcceptsNothing() {
        live = CompletableFuture.failedFuture(new IllegalStateException("away"));

        assertThat(tokens().judge(maker.token(), CLIENT).toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void whatIsKnownOfTheUserNowCounts() {
        String token = maker.claim("groups", List.of("system-admin")).token();
        holders = (known, client) -> Optional.of(Set.of("system-read-only"));
        assertThat(judge(token))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.groups()).containsExactly("system-read-only"));

        holders = (known, client) -> Optional.empty();
        assertThat(judge(token)).isInstanceOf(Refused.class);
    }

    @Test
    void whileNobodyKnowsWhatWasRevokedNobodyCanTell() {
        live = CompletableFuture.completedFuture(GrantStatus.STALE);

        assertThat(judge(maker.token())).isInstanceOf(Unavailable.class);
    }

    @Test
    void withoutKeysNobodyCanTell() {
        server.answerWith(503);
        verifier = AccessTokenVerifier.of(TokenMaker.ISSUER, server.url(), 100, Clock.systemUTC());

        assertThat(judge(maker.token())).isInstanceOf(Unavailable.class);
    }

    private BearerVerdict judge(String token) {
        return tokens().judge(token, CLIENT).toCompletableFuture().join();
    }

    private VerifiedTokens tokens() {
        return new VerifiedTokens(verifier, this::statusOf, holders);
    }

    private CompletionStage<GrantStatus> statusOf(AccessToken token, String compact) {
        asked.add(token.grantId());
        return live;
    }
}
