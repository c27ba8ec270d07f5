package dev.latchkey.auth.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity(name = "AppUser")
@Table(name = "app_user")
class UserEntity {
    @Id
    String id;

    String name;

    @Column(name = "is_owner")
    boolean owner;

    @Column(name = "is_active")
    boolean active;

    @Column(name = "local_only")
    boolean localOnly;

    @Column(name = "system_generated")
    boolean systemGenerated;

    @Column(name = "group_ids")
    @JdbcTypeCode(SqlTypes.ARRAY)
    String[] groupIds;

    @Column(name = "created_at")
    Instant createdAt;

    Account toAccount() {
        return new Account(id, name, owner, active, localOnly, systemGenerated, Set.of(groupIds));
    }
}
