package dev.latchkey.auth.user;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import io.agroal.api.AgroalDataSource;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who a user is, as a replica knows it while another one changes the user. */
@AuthServiceTest
class AccountsIT {

    private final AtomicLong time = new AtomicLong();

    @Inject
    UserRepository users;

    @Inject
    CredentialRepository credentials;

    @Inject
    @VirtualThreads
    ExecutorService virtualThreads;

    @Inject
    AgroalDataSource database;

    @Inject
    People people;

    private Accounts accounts;
    private String userId;

    @BeforeEach
    void know() {
        accounts = new Accounts(users, credentials, virtualThreads, time::get);
        userId = people.someone("system-admin").id();
        assertThat(accounts.find(userId))
                .hasValueSatisfying(account -> assertThat(account.admin()).isTrue());
    }

    private void takeRightsAwayAtAnotherReplica() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update app_user set group_ids = '{system-users}' where id = ?")) {
            statement.setString(1, userId);
            statement.executeUpdate();
        }
    }

    @Test
    void whatAnotherReplicaChangesShowsToWhoeverOnlyLooksIntoMemory() throws SQLException {
        takeRightsAwayAtAnotherReplica();

        time.addAndGet(SECONDS.toNanos(3));

        await().until(() -> !accounts.inMemory(userId).admin());
    }

    @Test
    void aUserThatNobodyAskedForIsNotInMemory() {
        assertThat(accounts.inMemory("nobody")).isNull();
    }

    @Test
    void whatIsKnownIsAnsweredFromMemory() throws SQLException {
        takeRightsAwayAtAnotherReplica();

        time.addAndGet(SECONDS.toNanos(1));

        assertThat(accounts.inMemory(userId).admin()).isTrue();
        assertThat(accounts.find(userId).orElseThrow().admin()).isTrue();
    }

    @Test
    void whatAnotherReplicaChangesShowsSoonToWhoeverOnlyLooksIntoMemory() throws SQLException {
        takeRightsAwayAtAnotherReplica();

        time.addAndGet(SECONDS.toNanos(3));

        await().until(() -> !accounts.inMemory(userId).admin());
    }

    @Test
    void whoeverWasNotHereForAWhileIsReadAgainBeforeBeingLetIn() throws SQLException {
        takeRightsAwayAtAnotherReplica();

        time.addAndGet(MINUTES.toNanos(10));

        assertThat(accounts.inMemory(userId)).matches(account -> account == null || !account.admin());
        assertThat(accounts.find(userId).orElseThrow().admin()).isFalse();
        await().until(() -> accounts.inMemory(userId) != null);
        assertThat(accounts.inMemory(userId).admin()).isFalse();
    }
}
