package dev.latchkey.auth;

import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.outbox.Heartbeat;
import dev.latchkey.platform.outbox.Publication;
import dev.latchkey.platform.outbox.TopicFacts;
import dev.latchkey.platform.revocation.Liveness;
import dev.latchkey.platform.revocation.Revocation;
import dev.latchkey.platform.user.KnownUser;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** What auth-service publishes: who was signed out of what, and who the users are. */
@Singleton
class Publications implements Publication {

    private static final String REVOCATIONS = """
            insert into outbox (id, aggregatetype, aggregateid, type, subject, timestamp, payload)
            select gen_random_uuid(), ?, coalesce(event_key, id), ?, 'user/' || user_id, min(revoked_at), json_build_object(
                'user_id', user_id,
                'cause', 'restated',
                'revoked_at', to_char(min(revoked_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'grants', json_agg(json_build_object(
                    'id', id, 'expires_at', cast(ceil(extract(epoch from expires_at)) as bigint))))
            from revoked_grant
            where expires_at > now()
            group by coalesce(event_key, id), user_id
            """;

    private static final String USERS = """
            insert into outbox (id, aggregatetype, aggregateid, type, subject, timestamp, payload)
            select gen_random_uuid(), ?, id, ?, 'user/' || id, now(), json_build_object(
                'id', id, 'name', name, 'groups', array(select unnest(group_ids) order by 1), 'is_active', is_active,
                'local_only', local_only)
            from app_user
            """;

    @Override
    public List<TopicSettings> topics() {
        return List.of(Topics.REVOCATIONS, Topics.USERS);
    }

    @Override
    public Heartbeat heartbeat() {
        return Liveness.heartbeat();
    }

    @Override
    public Map<String, TopicFacts> facts() {
        return Map.of(
                Topics.REVOCATIONS.name(),
                connection -> insert(connection, REVOCATIONS, Topics.REVOCATIONS.name(), Revocation.TYPE),
                Topics.USERS.name(),
                this::users);
    }

    private void users(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            // Nobody changes a user between the reading and the commit, and is then overtaken by what was read.
            lock.execute("lock table app_user in share mode");
        }
        insert(connection, USERS, Topics.USERS.name(), KnownUser.CHANGED);
    }

    private static void insert(Connection connection, String sql, String topic, String type) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            statement.setString(2, type);
            statement.executeUpdate();
        }
    }
}
