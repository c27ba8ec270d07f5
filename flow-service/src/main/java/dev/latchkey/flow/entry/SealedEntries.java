package dev.latchkey.flow.entry;

import dev.latchkey.flow.secret.SealedRows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jboss.logging.Logger;

/** The secrets of entries, as the rotation of keys sees them. */
@ApplicationScoped
class SealedEntries implements SealedRows {

    private static final Logger LOG = Logger.getLogger(SealedEntries.class);

    private final EntityManager database;
    private final EntrySealing sealing;

    SealedEntries(EntityManager database, EntrySealing sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    @Override
    @Transactional
    @SuppressWarnings("unchecked")
    public Batch reseal(String after, int most) {
        List<EntryEntity> outdated = database.createNativeQuery(
                        "select * from config_entry where key_id <> :key and id > :after"
                                + " order by id limit :most for update skip locked",
                        EntryEntity.class)
                .setParameter("key", sealing.currentKey())
                .setParameter("after", after)
                .setParameter("most", most)
                .getResultList();
        int done = 0;
        for (EntryEntity entry : outdated) {
            try {
                sealing.reseal(entry);
                done++;
            } catch (RuntimeException e) {
                LOG.errorf("Entry %s cannot be encrypted again: %s", entry.id, e.getMessage());
            }
        }
        return new Batch(done, outdated.isEmpty() ? null : outdated.getLast().id);
    }

    @Override
    @Transactional
    public long outdated() {
        return database.createQuery("select count(*) from Entry where keyId <> :key", Long.class)
                .setParameter("key", sealing.currentKey())
                .getSingleResult();
    }
}
