package dev.latchkey.auth.token;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class RefreshTokenRepository implements PanacheRepositoryBase<RefreshTokenEntity, String> {

    List<RefreshTokenEntity> ofUser(String userId) {
        return list("userId = ?1 order by createdAt, id", userId);
    }
}
