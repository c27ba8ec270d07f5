package dev.latchkey.auth.user;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class CredentialRepository implements PanacheRepositoryBase<CredentialEntity, String> {

    record WithUser(CredentialEntity credential, UserEntity user) {}

    /** Finds a credential and its user in one statement, so that looking for one nobody has is no less work. */
    Optional<WithUser> findByUsername(String username) {
        return getEntityManager()
                .createQuery(
                        "select c, u from Credential c join AppUser u on u.id = c.userId where c.username = :username",
                        WithUser.class)
                .setParameter("username", username)
                .getResultStream()
                .findFirst();
    }

    boolean isStill(String id, String passwordHash) {
        return count("id = ?1 and passwordHash = ?2", id, passwordHash) > 0;
    }

    /** Replaces a password unless somebody else did meanwhile. */
    boolean change(String id, String passwordHash, String newHash) {
        return update("passwordHash = ?1 where id = ?2 and passwordHash = ?3", newHash, id, passwordHash) > 0;
    }

    List<CredentialEntity> ofUser(String userId) {
        return list("userId = ?1 order by createdAt", userId);
    }
}
