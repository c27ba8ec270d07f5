package dev.latchkey.auth.user;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class CredentialRepository implements PanacheRepositoryBase<CredentialEntity, String> {

    Optional<CredentialEntity> findByUsername(String username) {
        return find("username", username).firstResultOptional();
    }

    List<CredentialEntity> ofUser(String userId) {
        return list("userId = ?1 order by createdAt", userId);
    }
}
