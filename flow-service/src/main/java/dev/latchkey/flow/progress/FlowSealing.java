package dev.latchkey.flow.progress;

import dev.latchkey.flow.form.DataJson;
import dev.latchkey.flow.secret.SealedRows;
import dev.latchkey.platform.secret.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jboss.logging.Logger;

/** Encrypts what flows hold, and moves it to a new key. */
@ApplicationScoped
class FlowSealing implements SealedRows {

    private static final Logger LOG = Logger.getLogger(FlowSealing.class);

    private final EntityManager database;
    private final KeyRing keys;

    FlowSealing(EntityManager database, KeyRing keys) {
        this.database = database;
        this.keys = keys;
    }

    String seal(FlowState state) {
        return keys.encrypt(DataJson.write(state));
    }

    /** Returns the id of the key that {@link #seal} uses. */
    String keyId() {
        return keys.currentId();
    }

    FlowState open(String sealed) {
        return DataJson.read(keys.decrypt(sealed), FlowState.class);
    }

    @Override
    @Transactional
    public Batch reseal(String after, int most) {
        List<FlowEntity> rows = database.createQuery(
                        "from Flow where keyId <> :key and id > :after order by id", FlowEntity.class)
                .setParameter("key", keys.currentId())
                .setParameter("after", after)
                .setMaxResults(most)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", -2) // skip locked
                .getResultList();
        int done = 0;
        for (FlowEntity row : rows) {
            try {
                row.sealedState = keys.encrypt(keys.decrypt(row.sealedState));
                row.keyId = keys.currentId();
                done++;
            } catch (RuntimeException e) {
                LOG.errorf("The flow %s cannot be encrypted again: %s", row.id, e.getMessage());
            }
        }
        return new Batch(done, rows.isEmpty() ? null : rows.getLast().id);
    }

    @Override
    @Transactional
    public long outdated() {
        return database.createQuery("select count(*) from Flow where keyId <> :key", Long.class)
                .setParameter("key", keys.currentId())
                .getSingleResult();
    }
}
