package dev.latchkey.auth.administration;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Users that no command makes. */
@ApplicationScoped
class SystemUsers {

    private final AgroalDataSource database;

    SystemUsers(AgroalDataSource database) {
        this.database = database;
    }

    /** Adds a user that stands for the platform and returns its id. */
    String add(String name) {
        String id = UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into app_user
                            (id, name, is_owner, is_active, local_only, system_generated, group_ids, created_at)
                        values (?, ?, false, true, false, true, '{}', now())
                        """)) {
            insert.setString(1, id);
            insert.setString(2, name);
            insert.executeUpdate();
            return id;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
