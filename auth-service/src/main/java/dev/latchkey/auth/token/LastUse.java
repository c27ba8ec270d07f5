package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Remembers when and from where each grant was last used, and writes what changed a few times a minute in one statement: a
 * use costs no write. A grant that somebody else is changing at that moment is left for the next time, so that writing
 * never waits and nobody waits for it in a circle. A crash loses at most the uses of the last seconds.
 */
@ApplicationScoped
public class LastUse {

    private static final Logger LOG = Logger.getLogger(LastUse.class);
    private static final Duration FINEST = Duration.ofSeconds(5);
    private static final int MOST_PENDING = 100_000;

    private static final String WRITE = """
            with free as (
                select id from refresh_token where id = any(?) order by id for no key update skip locked
            )
            update refresh_token t set
                last_used_at = greatest(t.last_used_at, u.used_at),
                last_used_ip = u.ip,
                expire_at = case when u.extends and t.expire_at is not null then u.used_at + make_interval(secs => ?)
                                 else t.expire_at end
            from unnest(?::text[], ?::timestamptz[], ?::text[], ?::boolean[]) as u(id, used_at, ip, extends), free
            where t.id = u.id and t.id = free.id
            returning t.id
            """;

    private static final String STILL_THERE = "select id from refresh_token where id = any(?)";

    private record Use(Instant at, InetAddress from, boolean extendsExpiry) {}

    private final Map<String, Use> pending = new ConcurrentHashMap<>();
    private final AgroalDataSource database;
    private final Duration idleLifetime;

    LastUse(AgroalDataSource database, AuthConfig config) {
        this.database = database;
        this.idleLifetime = config.refreshTokenIdleLifetime();
    }

    /** Notes that an access token of a grant was presented. */
    void accessTokenUsed(String grantId, Instant now, InetAddress from) {
        Use noted = pending.get(grantId);
        if (noted == null || noted.at().plus(FINEST).isBefore(now)) {
            note(grantId, new Use(now, from, noted != null && noted.extendsExpiry()));
        }
    }

    /** Notes that a refresh token was used, which moves the day on which it would expire. */
    void refreshTokenUsed(String grantId, Instant now, InetAddress from) {
        note(grantId, new Use(now, from, true));
    }

    private void note(String grantId, Use use) {
        if (pending.size() < MOST_PENDING || pending.containsKey(grantId)) {
            pending.put(grantId, use);
        }
    }

    /** Writes what is not yet written. */
    @Scheduled(every = "PT5S", delayed = "PT5S")
    public void write() {
        Map<String, Use> uses = new HashMap<>();
        for (String grantId : pending.keySet()) {
            Use use = pending.remove(grantId);
            // Null when somebody else writes it at this moment.
            if (use != null) {
                uses.put(grantId, use);
            }
        }
        if (uses.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            uses.keySet().removeAll(written(connection, uses));
            if (!uses.isEmpty()) {
                // Skipped, unless the grant is gone.
                uses.keySet().retainAll(ids(connection, STILL_THERE, uses));
                putBack(uses);
            }
        } catch (SQLException e) {
            putBack(uses);
            LOG.warnf(
                    "The last use of %d grants could not be written and will be tried again: %s",
                    uses.size(), e.getMessage());
        }
    }

    private Set<String> written(Connection connection, Map<String, Use> uses) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            Array ids = ids(connection, uses);
            statement.setArray(1, ids);
            statement.setDouble(2, idleLifetime.toSeconds());
            statement.setArray(3, ids);
            statement.setArray(4, array(connection, "timestamptz", uses, use -> utc(use.at())));
            statement.setArray(
                    5, array(connection, "text", uses, use -> use.from().getHostAddress()));
            statement.setArray(6, array(connection, "boolean", uses, Use::extendsExpiry));
            return idsOf(statement);
        }
    }

    private static Set<String> ids(Connection connection, String query, Map<String, Use> uses) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, ids(connection, uses));
            return idsOf(statement);
        }
    }

    private static Set<String> idsOf(PreparedStatement query) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /** Under what was noted since; a use that extends keeps doing so. */
    private void putBack(Map<String, Use> uses) {
        uses.forEach((grantId, use) -> pending.merge(
                grantId,
                use,
                (newer, older) -> new Use(newer.at(), newer.from(), newer.extendsExpiry() || older.extendsExpiry())));
    }

    void writeBeforeStop(@Observes ShutdownEvent stop) {
        write();
    }

    private static Array ids(Connection connection, Map<String, Use> uses) throws SQLException {
        return connection.createArrayOf("text", uses.keySet().toArray());
    }

    private static Array array(Connection connection, String type, Map<String, Use> uses, Function<Use, Object> field)
            throws SQLException {
        return connection.createArrayOf(type, uses.values().stream().map(field).toArray());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
