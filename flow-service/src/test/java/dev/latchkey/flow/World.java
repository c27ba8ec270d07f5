package dev.latchkey.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.NewEntry;
import dev.latchkey.flow.form.Secret;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What tests about entries do to the service and see of it. */
@ApplicationScoped
public class World {

    public static final String ENTRIES = "/api/config/config_entries/entry/";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Entries entries;
    private final AgroalDataSource database;

    World(Entries entries, AgroalDataSource database) {
        this.entries = entries;
        this.database = database;
    }

    /** Returns a new entry with a host and a secret token, whose set-up nobody waited for. */
    public String create(FakeIntegration integration, String title) {
        return create(
                integration, title, null, Map.of("host", "device.example", "api_token", Secret.of("s3cr3t-t0k3n")));
    }

    /** Returns a new entry, whose set-up nobody waited for. */
    public String create(FakeIntegration integration, String title, String uniqueId, Map<String, Object> data) {
        return entries.create(new NewEntry(
                        integration.domain(), title, uniqueId, "user", data, Map.of(), integration.version, 1, null))
                .entryId();
    }

    /** Returns a new entry in the state to which its first set-up led. */
    public String createIn(EntryState state, FakeIntegration integration) {
        String id = create(integration, "Device");
        becomes(id, state);
        return id;
    }

    /** Returns the entry. */
    public Entry entry(String entryId) {
        return entries.find(entryId).orElseThrow();
    }

    /** Waits until an entry is in a state and nobody works on it. */
    public void becomes(String entryId, EntryState state) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(entry(entryId).state()).isEqualTo(state);
            assertThat(column("select hold from config_entry where id = ?", entryId))
                    .containsOnlyNulls();
        });
    }

    /** Waits until nobody works on an entry and none is due. */
    public void settles(String entryId) {
        await().atMost(PATIENCE)
                .until(() -> column(
                                        "select 1 from config_entry where id = ? and hold is null and reload_wanted = 0",
                                        entryId)
                                .size()
                        == 1);
    }

    /** Returns the first column of what a query finds, as texts. */
    public List<String> column(String query, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement. */
    public int execute(String statement) {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            return sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the types of the events about an entry that were told, in their order, without their common prefix. */
    public List<String> events(String entryId) {
        return column(
                "select replace(replace(type, 'dev.latchkey.flow.entry.', ''), '.v1', '') from outbox"
                        + " where aggregateid = ? order by sequence",
                entryId);
    }

    /** Returns the states that events told an entry to be in, in their order. */
    public List<String> statesTold(String entryId) {
        return column(
                "select payload -> 'entry' ->> 'state' from outbox where aggregateid = ?"
                        + " and type = 'dev.latchkey.flow.entry.state_changed.v1' order by sequence",
                entryId);
    }

    /** Removes all entries, events and history. */
    public void clear() {
        execute("truncate config_entry, entry_history, outbox");
    }
}
