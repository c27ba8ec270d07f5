package dev.latchkey.auth.token;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class RefreshTokenRepository implements PanacheRepositoryBase<RefreshTokenEntity, String> {

    Optional<RefreshTokenEntity> findByHash(byte[] hash) {
        return find("tokenHash", hash).firstResultOptional();
    }

    List<RefreshTokenEntity> ofUser(String userId) {
        return list("userId = ?1 order by createdAt, id", userId);
    }
}
