package dev.latchkey.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a sign-in does must not depend on whether there is somebody of that name. */
@AuthServiceTest
class PasswordProviderIT {

    @Inject
    People people;

    @Inject
    PasswordProvider passwords;

    @Inject
    AgroalDataSource database;

    @Test
    void aPasswordNobodyCanHaveIsRefusedBeforeAnybodyIsLookedFor() throws Exception {
        String username = people.someone().username();
        try (Connection blocker = locking("credential")) {
            for (String impossible : new String[] {"x".repeat(PasswordHasher.MAX_LENGTH + 1), "half \ud800"}) {
                assertThat(verifying(username, impossible).get(10, TimeUnit.SECONDS))
                        .isEmpty();
            }
            blocker.rollback();
        }
    }

    @Test
    void theUserIsReadWhetherThereIsOneOrNot() throws Exception {
        String username = people.someone().username();
        CompletableFuture<Optional<VerifiedCredential>> known;
        CompletableFuture<Optional<VerifiedCredential>> unknown;
        try (Connection blocker = locking("app_user")) {
            known = verifying(username, People.PASSWORD);
            unknown = verifying("nobody-" + username, People.PASSWORD);

            assertThatThrownBy(() -> unknown.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(known).isNotDone();
            blocker.rollback();
        }
        assertThat(known.join()).isPresent();
        assertThat(unknown.join()).isEmpty();
    }

    private Connection locking(String table) throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (Statement lock = connection.createStatement()) {
            lock.execute("lock table " + table + " in access exclusive mode");
        }
        return connection;
    }

    private CompletableFuture<Optional<VerifiedCredential>> verifying(String username, String password) {
        CompletableFuture<Optional<VerifiedCredential>> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> result.complete(passwords.verify(username, password)));
        return result;
    }
}
