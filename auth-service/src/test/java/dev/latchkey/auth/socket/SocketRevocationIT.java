package dev.latchkey.auth.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whatever takes access away closes the sockets that stand on it (decision A17, row W04). */
@AuthServiceTest
class SocketRevocationIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    AgroalDataSource database;

    @Test
    void revokingAGrantOverHttpClosesAllItsSocketsAtOnceAndNoOther() {
        Person person = people.someone();
        Tokens revoked = people.signIn(person);
        try (SocketClient one = SocketClient.signedIn(revoked);
                SocketClient two = SocketClient.signedIn(revoked);
                SocketClient other = SocketClient.signedIn(people.signIn(person))) {
            long start = System.nanoTime();
            revoke(revoked);

            assertThat(one.closeCode()).isEqualTo(1000);
            assertThat(two.closeCode()).isEqualTo(1000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
            other.result("auth/current_user");
        }
    }

    @Test
    void revokingALongLivedTokenClosesItsSocketOnly() {
        try (SocketClient client = SocketClient.signedIn(people.signIn(people.someone()))) {
            String token = client.result("auth/long_lived_access_token", "client_name", "App")
                    .textValue();
            try (SocketClient app = SocketClient.open().authenticate(token)) {
                String id = app.result("auth/refresh_tokens").get(1).get("id").textValue();

                client.result("auth/delete_refresh_token", "refresh_token_id", id);

                assertThat(app.closeCode()).isEqualTo(1000);
                client.result("auth/current_user");
            }
        }
    }

    /** As another replica leaves it, or a commit of this one whose answer was lost. */
    @Test
    void aRevocationFoundInTheTableAloneEndsTokensAndSocketsWithinSeconds() throws Exception {
        Tokens tokens = people.signIn(people.someone());
        try (SocketClient client = SocketClient.signedIn(tokens);
                Connection connection = database.getConnection()) {
            revokeInTheTable(connection, grantOf(client), "5 seconds");

            assertThat(client.closeCode()).isEqualTo(1000);
            given().header("Authorization", "Bearer " + tokens.accessToken())
                    .get("/api/")
                    .then()
                    .statusCode(401);
        }
    }

    /** As when the database is frozen in the middle of it. The table is read meanwhile, and later than the revocation says. */
    @Test
    void aRevocationThatTookMinutesToCommitIsFound() throws Exception {
        Tokens tokens = people.signIn(people.someone());
        try (SocketClient client = SocketClient.signedIn(tokens);
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            revokeInTheTable(connection, grantOf(client), "10 minutes");
            aRevocationFoundInTheTableAloneEndsTokensAndSocketsWithinSeconds();
            assertThat(client.isClosed()).isFalse();

            connection.commit();

            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    private static String grantOf(SocketClient client) {
        return client.result("auth/refresh_tokens").get(0).get("id").textValue();
    }

    private static void revokeInTheTable(Connection connection, String grantId, String ago) throws SQLException {
        try (PreparedStatement revocation = connection.prepareStatement("""
                with gone as (delete from refresh_token where id = ? returning id, user_id)
                insert into revoked_grant
                select id, user_id, now() - cast(? as interval), now() + interval '1 hour' from gone
                """)) {
            revocation.setString(1, grantId);
            revocation.setString(2, ago);
            assertThat(revocation.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void deletingAUserClosesItsSockets() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        try (SocketClient client = SocketClient.signedIn(tokens)) {
            users.delete(person.id());

            assertThat(client.closeCode()).isEqualTo(1000);
            given().header("Authorization", "Bearer " + tokens.accessToken())
                    .get("/api/")
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void deactivatingAUserClosesItsSockets() {
        Person person = people.someone();
        try (SocketClient client = SocketClient.signedIn(people.signIn(person))) {
            users.update(person.id(), new UserChange(null, false, null, null));

            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void aSocketThatOpensWhileItsGrantIsRevokedIsRefusedOrClosed() {
        Person person = people.someone();
        for (int round = 0; round < 15; round++) {
            Tokens tokens = people.signIn(person);
            List<SocketClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SocketClient client = SocketClient.open();
                client.next();
                clients.add(client);
            }
            CompletableFuture<Void> revocation = CompletableFuture.runAsync(() -> revoke(tokens));
            clients.forEach(client -> client.sendAuth(tokens.accessToken()));
            revocation.join();

            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.closeCode()).isEqualTo(1000));
        }
    }

    private static void revoke(Tokens tokens) {
        given().formParam("token", tokens.refreshToken())
                .post("/auth/revoke")
                .then()
                .statusCode(200);
    }
}
