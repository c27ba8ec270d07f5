package dev.latchkey.auth.token;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

@ApplicationScoped
class SigningKeyRepository implements PanacheRepositoryBase<SigningKeyEntity, String> {

    /** Makes this transaction the only one of all replicas that may add or remove keys. */
    void lock() {
        getEntityManager()
                .createNativeQuery("select 1 from (select pg_advisory_xact_lock(4823907)) as locked", Integer.class)
                .getSingleResult();
    }

    List<SigningKeyEntity> newestFirst() {
        return list("order by signsFrom desc, kid");
    }

    void keepUntil(String kid, Instant expiry) {
        update("longestExpiry = ?1 where kid = ?2 and (longestExpiry is null or longestExpiry < ?1)", expiry, kid);
    }
}
