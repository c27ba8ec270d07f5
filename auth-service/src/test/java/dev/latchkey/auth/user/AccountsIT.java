package dev.latchkey.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@AuthServiceTest
class AccountsIT {

    @Inject
    People people;

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    @Test
    void whatAnotherReplicaChangesShowsWithinSecondsToWhoeverOnlyLooksIntoMemory() throws Exception {
        Account account = accounts.find(people.someone().id()).orElseThrow();
        assertThat(accounts.inMemory(account.id())).isEqualTo(account);

        deactivateElsewhere(account.id());

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !accounts.inMemory(account.id()).active());
    }

    @Test
    void aUserThatNobodyAskedForIsNotInMemory() {
        assertThat(accounts.inMemory("nobody")).isNull();
    }

    private void deactivateElsewhere(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement change =
                        connection.prepareStatement("update app_user set is_active = false where id = ?")) {
            change.setString(1, id);
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
    }
}
