package dev.latchkey.auth.user;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class UserRepository implements PanacheRepositoryBase<UserEntity, String> {

    boolean ownerExists() {
        return count("owner = true") > 0;
    }
}
