package dev.latchkey.flow.progress;

import dev.latchkey.flow.form.DataJson;
import dev.latchkey.flow.secret.SealedRows;
import dev.latchkey.platform.secret.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;

/** Encrypts what flows hold, and moves it to a new key. */
@ApplicationScoped
class FlowSealing implements SealedRows {

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
    public int reseal(int most) {
        List<FlowEntity> rows = database.createQuery("from Flow where keyId <> :key", FlowEntity.class)
                .setParameter("key", keys.currentId())
                .setMaxResults(most)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", -2) // skip locked
                .getResultList();
        for (FlowEntity row : rows) {
            row.sealedState = keys.encrypt(keys.decrypt(row.sealedState));
            row.keyId = keys.currentId();
        }
        return rows.size();
    }

    @Override
    @Transactional
    public long outdated() {
        return database.createQuery("select count(*) from Flow where keyId <> :key", Long.class)
                .setParameter("key", keys.currentId())
                .getSingleResult();
    }
}
