package dev.latchkey.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.token.GrantEndedException;
import dev.latchkey.auth.token.GrantRevocation;
import dev.latchkey.auth.token.RefreshTokenService;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.UserService;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code auth/delete_all_refresh_tokens}: rows WA-12 to WA-15. */
@AuthServiceTest
class SignOutEverywhereIT {

    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    Accounts accounts;

    @Inject
    GrantRevocation revocation;

    @Inject
    RefreshTokenService refreshTokens;

    private Person person;
    private Tokens tokens;
    private SocketClient client;

    @BeforeEach
    void signIn() {
        person = people.someone();
        tokens = people.signIn(person);
        client = SocketClient.signedIn(tokens);
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void deletingAllEndsEverySessionTheOwnOneAfterTheAnswer() {
        Tokens other = people.signIn(person);
        String longLived = longLived("App");
        try (SocketClient otherClient = SocketClient.signedIn(other);
                SocketClient app = SocketClient.open().authenticate(longLived)) {
            assertThat(client.result("auth/delete_all_refresh_tokens").toString())
                    .isEqualTo("{}");

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(otherClient.closeCode()).isEqualTo(1000);
            assertThat(app.closeCode()).isEqualTo(1000);
            assertSignedOut(tokens);
            assertSignedOut(other);
        }
        try (SocketClient again = SocketClient.signedIn(people.signIn(person))) {
            assertThat(again.result("auth/refresh_tokens")).hasSize(1);
        }
    }

    @Test
    void sessionsThatKeepMakingLongLivedTokensDoNotOutliveIt() {
        for (int round = 0; round < 3; round++) {
            List<SocketClient> makers = IntStream.range(0, 3)
                    .mapToObj(i -> SocketClient.signedIn(people.signIn(person)))
                    .toList();
            try (SocketClient last = SocketClient.signedIn(people.signIn(person))) {
                List<CompletableFuture<List<String>>> making = makers.stream()
                        .map(maker -> CompletableFuture.supplyAsync(() -> makeUntilClosed(maker), THREADS))
                        .toList();
                last.result("auth/delete_all_refresh_tokens");

                assertThat(making.stream()
                                .map(CompletableFuture::join)
                                .filter(made -> !made.isEmpty())
                                .map(List::getLast))
                        .allSatisfy(token -> assertThat(statusOf(token)).isEqualTo(401));
            } finally {
                makers.forEach(SocketClient::close);
            }
            try (SocketClient again = SocketClient.signedIn(people.signIn(person))) {
                assertThat(again.result("auth/refresh_tokens")).hasSize(1);
            }
        }
    }

    @Test
    void aGrantThatWasRevokedMakesNoLongLivedToken() {
        String grantId = grants().get(0).get("id").textValue();
        Account account = users.find(person.id()).orElseThrow().account();
        client.result("auth/delete_all_refresh_tokens");

        assertThatThrownBy(() ->
                        refreshTokens.issueLongLivedAccessToken(account, grantId, "App", null, Duration.ofDays(1)))
                .isInstanceOf(GrantEndedException.class);
        assertThat(refreshTokens.list(person.id())).isEmpty();
    }

    /** A grant that is being made when the command comes is ended with the others. */
    @Test
    void whatIsBeingGrantedIsWaitedForAndEnded() {
        CompletableFuture<?> command = QuarkusTransaction.requiringNew().call(() -> {
            accounts.hold(person.id()).orElseThrow();
            CompletableFuture<?> running =
                    CompletableFuture.runAsync(() -> revocation.revokeAll(person.id(), null, null), THREADS);
            assertThatThrownBy(() -> running.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            return running;
        });

        command.join();
        assertThat(refreshTokens.list(person.id())).isEmpty();
    }

    private static List<String> makeUntilClosed(SocketClient maker) {
        List<String> made = new ArrayList<>();
        for (int i = 1;
                maker.trySend(SocketClient.json(
                        "id",
                        i,
                        "type",
                        "auth/long_lived_access_token",
                        "client_name",
                        UUID.randomUUID().toString()));
                i++) {
            JsonNode answer = maker.nextUnlessClosed();
            if (answer == null) {
                break;
            }
            if (answer.get("success").booleanValue()) {
                made.add(answer.get("result").textValue());
            }
        }
        return made;
    }

    @Test
    void deletingAllOfAnotherPersonIsNotPossible() {
        try (SocketClient stranger = SocketClient.signedIn(people.signIn(people.someone()))) {
            client.result("auth/delete_all_refresh_tokens", "delete_current_token", false);

            assertThat(stranger.result("auth/refresh_tokens")).hasSize(1);
        }
    }

    @Test
    void deletingLongLivedTokensKeepsTheSessions() {
        people.signIn(person);
        longLived("App");

        client.result("auth/delete_all_refresh_tokens", "token_type", "long_lived_access_token");

        assertThat(grants().findValuesAsText("type")).containsExactly("normal", "normal");
    }

    @Test
    void deletingSessionsMayKeepTheCurrentOneAndKeepsLongLivedTokens() {
        people.signIn(person);
        longLived("App");

        client.result("auth/delete_all_refresh_tokens", "token_type", "normal", "delete_current_token", false);

        assertThat(grants().findValuesAsText("type")).containsExactly("normal", "long_lived_access_token");
        assertThat(grants().get(0).get("is_current").booleanValue()).isTrue();
    }

    private JsonNode grants() {
        return client.result("auth/refresh_tokens");
    }

    private String longLived(String name) {
        return client.result("auth/long_lived_access_token", "client_name", name, "lifespan", 30)
                .textValue();
    }

    private static void assertSignedOut(Tokens tokens) {
        assertThat(statusOf(tokens.accessToken())).isEqualTo(401);
    }

    private static int statusOf(String accessToken) {
        return Calls.api(accessToken).statusCode();
    }
}
