package dev.latchkey.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    private static final PostgresOptions OPTIONS = PostgresOptions.withPassword("a superuser's password");

    @TempDir
    Path home;

    @Test
    void aCommittedRowSurvivesAKilledServer() throws Exception {
        try (var server = PostgresServer.start(home, OPTIONS)) {
            var database = server.database("auth");
            try (var connection = connect(database)) {
                run(connection, "CREATE TABLE kept (word text)");
                run(connection, "INSERT INTO kept VALUES ('latch')");
                ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
                server.awaitEnd();
            }
        }

        try (var server = PostgresServer.start(home, OPTIONS);
                var connection = connect(server.database("auth"))) {
            assertThat(ask(connection, "SELECT word FROM kept")).isEqualTo("latch");
        }
    }

    @Test
    void aStartEndsTheServerThatAKilledOwnerLeftBehind() throws Exception {
        var abandoned = PostgresServer.start(home, OPTIONS);

        try (var server = PostgresServer.start(home, OPTIONS)) {
            assertThat(abandoned.isAlive()).isFalse();
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aCommitWaitsForTheDisk() throws Exception {
        try (var server = PostgresServer.start(home, OPTIONS);
                var connection = connect(server.database("auth"))) {
            assertThat(ask(connection, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(connection, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(connection, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(connection, "SHOW server_version")).startsWith("18");
        }
    }

    @Test
    void noOneEntersWithoutThePassword() {
        try (var server = PostgresServer.start(home, OPTIONS)) {
            var database = server.database("auth");
            assertThatThrownBy(() -> connect(new Database(database.jdbcUrl(), "auth", "another")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> connect(new Database(database.jdbcUrl(), "postgres", "")))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aRoleEntersOnlyItsOwnDatabase() {
        try (var server = PostgresServer.start(home, OPTIONS)) {
            var auth = server.database("auth");
            var flow = server.database("flow");
            assertThatThrownBy(() -> connect(new Database(flow.jdbcUrl(), auth.username(), auth.password())))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void aDatabaseKeepsItsCredentialsFromStartToStart() throws Exception {
        Database before;
        try (var server = PostgresServer.start(home, OPTIONS)) {
            before = server.database("auth");
            assertThat(server.database("auth")).isEqualTo(before);
        }
        try (var server = PostgresServer.start(home, OPTIONS.onPort(portOf(before)))) {
            assertThat(server.database("auth")).isEqualTo(before);
            connect(before).close();
        }
    }

    @Test
    void aPortInUseIsSaidInOneSentenceWithTheLog() {
        try (var server = PostgresServer.start(home.resolve("one"), OPTIONS)) {
            assertThatThrownBy(() -> PostgresServer.start(home.resolve("two"), OPTIONS.onPort(server.port())))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("PostgreSQL did not start")
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void anInterruptedFirstStartIsMadeAgain() throws Exception {
        Files.createDirectories(home.resolve("data.unfinished/base"));

        try (var server = PostgresServer.start(home, OPTIONS)) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void secretsDoNotShowInDescriptions() {
        assertThat(new Database("jdbc:postgresql://127.0.0.1:1/a", "a", "hidden").toString())
                .doesNotContain("hidden");
        assertThat(PostgresOptions.withPassword("hidden").toString()).doesNotContain("hidden");
    }

    @Test
    void anEphemeralServerLeavesNothingBehind() throws Exception {
        ProcessHandle process;
        try (var postgres = PostgresServer.ephemeral()) {
            process = ProcessHandle.of(postgres.server().pid()).orElseThrow();
            connect(postgres.database("anything")).close();
        }
        assertThat(process.isAlive()).isFalse();
    }

    private static int portOf(Database database) {
        return URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static void run(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
