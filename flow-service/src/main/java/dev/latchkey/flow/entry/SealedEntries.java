package dev.latchkey.flow.entry;

import dev.latchkey.flow.secret.SealedRows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;

/** The secrets of entries, as the rotation of keys sees them. */
@ApplicationScoped
class SealedEntries implements SealedRows {

    private final EntityManager database;
    private final EntrySealing sealing;

    SealedEntries(EntityManager database, EntrySealing sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    @Override
    @Transactional
    @SuppressWarnings("unchecked")
    public int reseal(int most) {
        List<EntryEntity> outdated = database.createNativeQuery(
                        "select * from config_entry where key_id <> :key limit :most for update skip locked",
                        EntryEntity.class)
                .setParameter("key", sealing.currentKey())
                .setParameter("most", most)
                .getResultList();
        outdated.forEach(sealing::reseal);
        return outdated.size();
    }

    @Override
    @Transactional
    public long outdated() {
        return database.createQuery("select count(*) from Entry where keyId <> :key", Long.class)
                .setParameter("key", sealing.currentKey())
                .getSingleResult();
    }
}
