package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.introspect;
import static dev.latchkey.auth.Calls.refresh;
import static dev.latchkey.auth.Calls.revoke;
import static dev.latchkey.auth.Calls.token;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import io.agroal.api.AgroalDataSource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking tokens back (decision A3; RFC 7009). */
@AuthServiceTest
class RevocationIT {

    @Inject
    People people;

    @Inject
    RefreshTokenService refreshTokens;

    @Inject
    GrantRevocation revocation;

    @Inject
    AgroalDataSource database;

    @Test
    void revokingARefreshTokenEndsEveryAccessTokenItIssued() {
        Tokens tokens = people.signIn(people.someone());
        List<String> accessTokens = new ArrayList<>(List.of(tokens.accessToken()));
        for (int i = 0; i < 19; i++) {
            accessTokens.add(refresh(tokens.refreshToken()).path("access_token"));
        }
        accessTokens.forEach(accessToken -> api(accessToken).then().statusCode(200));

        assertEmptyOk(revoke(tokens.refreshToken()));

        assertThat(accessTokens).allMatch(accessToken -> api(accessToken).statusCode() == 401);
        assertThat(accessTokens)
                .allMatch(accessToken -> !introspect(accessToken).<Boolean>path("active"));
        refresh(tokens.refreshToken()).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void anAccessTokenNeverPresentedBeforeIsRevokedToo() {
        Tokens tokens = people.signIn(people.someone());

        revoke(tokens.refreshToken());

        api(tokens.accessToken()).then().statusCode(401);
    }

    @Test
    void revokingLeavesOtherGrantsAlone() {
        Person person = people.someone();
        Tokens one = people.signIn(person);
        Tokens other = people.signIn(person);

        revoke(one.refreshToken());

        api(other.accessToken()).then().statusCode(200);
        refresh(other.refreshToken()).then().statusCode(200);
    }

    @Test
    void theTokenEndpointRevokesTooWhateverTheGrantType() {
        for (String grantType : List.of("refresh_token", "authorization_code", "nonsense")) {
            Tokens tokens = people.signIn(people.someone());

            assertEmptyOk(token(Map.of("action", "revoke", "grant_type", grantType, "token", tokens.refreshToken())));

            api(tokens.accessToken()).then().statusCode(401);
        }
        assertEmptyOk(token(Map.of("action", "revoke")));
        assertEmptyOk(token(Map.of("action", "revoke", "token", "unknown")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "é", "\u0000", "a\u0000b", "😀", "' or 1=1", "%", "a.b.c", "  "})
    void aTokenThatIsNoneIsNoError(String token) {
        assertEmptyOk(revoke(token));
        assertEmptyOk(token(Map.of("action", "revoke", "token", token)));
    }

    @Test
    void aLongOrMissingTokenIsNoError() {
        assertEmptyOk(revoke("x".repeat(10_000)));
        assertEmptyOk(given().post("/auth/revoke"));
        assertEmptyOk(given().contentType("application/x-www-form-urlencoded").post("/auth/revoke"));
        assertEmptyOk(given().contentType("application/json")
                .body("{\"token\":\"x\"}")
                .post("/auth/revoke"));
    }

    @Test
    void theHintIsNotRead() {
        Tokens tokens = people.signIn(people.someone());

        assertEmptyOk(given().formParam("token", tokens.refreshToken())
                .formParam("token_type_hint", "nonsense")
                .formParam("client_id", "https://other.example/")
                .post("/auth/revoke"));

        api(tokens.accessToken()).then().statusCode(401);
    }

    @Test
    void aMultipartFormRevokes() {
        Tokens tokens = people.signIn(people.someone());

        assertEmptyOk(given().multiPart("token", tokens.refreshToken()).post("/auth/revoke"));

        api(tokens.accessToken()).then().statusCode(401);
    }

    @Test
    void theQueryIsNotRead() {
        Tokens tokens = people.signIn(people.someone());

        assertEmptyOk(given().queryParam("token", tokens.refreshToken()).post("/auth/revoke"));

        api(tokens.accessToken()).then().statusCode(200);
    }

    @Test
    void anAccessTokenRevokesNothing() {
        Tokens tokens = people.signIn(people.someone());

        assertEmptyOk(revoke(tokens.accessToken()));

        api(tokens.accessToken()).then().statusCode(200);
        refresh(tokens.refreshToken()).then().statusCode(200);
    }

    @Test
    void revokingFiftyTimesAtOnceIsRevokingOnce() {
        Tokens tokens = people.signIn(people.someone());

        List<Response> answers = atOnce(50, () -> revoke(tokens.refreshToken()));

        answers.forEach(RevocationIT::assertEmptyOk);
        api(tokens.accessToken()).then().statusCode(401);
    }

    @Test
    void anAccessTokenIssuedWhileItsGrantIsRevokedIsWorthNothing() {
        for (int round = 0; round < 5; round++) {
            Tokens tokens = people.signIn(people.someone());
            List<String> issued = atOnce(10, new RevokeOrRefresh(tokens.refreshToken()));

            assertThat(issued.stream().filter(accessToken -> accessToken != null))
                    .allMatch(accessToken -> api(accessToken).statusCode() == 401);
        }
    }

    /** The first call revokes; the others refresh and return what they get, or null. */
    private static final class RevokeOrRefresh implements java.util.concurrent.Callable<String> {

        private final java.util.concurrent.atomic.AtomicBoolean revoked =
                new java.util.concurrent.atomic.AtomicBoolean();
        private final String refreshToken;

        RevokeOrRefresh(String refreshToken) {
            this.refreshToken = refreshToken;
        }

        @Override
        public String call() {
            if (revoked.compareAndSet(false, true)) {
                revoke(refreshToken);
                return null;
            }
            Response answer = refresh(refreshToken);
            assertThat(answer.statusCode()).isIn(200, 400);
            return answer.path("access_token");
        }
    }

    @Test
    void aRevocationThatTheDatabaseEndsForTheSakeOfAnotherTransactionIsTriedAgain() throws Exception {
        Person person = people.someone();
        people.signIn(person);
        people.signIn(person);
        List<String> ids =
                refreshTokens.list(person.id()).stream().map(Grant::id).sorted().toList();
        CompletableFuture<Void> revoking;
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            lock(other, ids.get(1));
            revoking = CompletableFuture.runAsync(() -> revocation.revokeAll(person.id(), null, null));
            // It has the first one now and waits for the second; PostgreSQL looks for deadlocks after a second.
            assertThatThrownBy(() -> revoking.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            lock(other, ids.get(0));
            other.rollback();
        }

        revoking.get(10, TimeUnit.SECONDS);
        assertThat(refreshTokens.list(person.id())).isEmpty();
    }

    private static void lock(Connection connection, String grantId) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select 1 from refresh_token where id = ? for update")) {
            lock.setString(1, grantId);
            lock.executeQuery().close();
        }
    }

    static void assertEmptyOk(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).isEmpty();
    }
}
