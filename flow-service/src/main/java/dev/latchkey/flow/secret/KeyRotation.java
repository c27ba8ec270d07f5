package dev.latchkey.flow.secret;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Moves everything that is encrypted to the first of the configured keys, so that the others can be taken away (decision F9). */
@ApplicationScoped
class KeyRotation {

    private static final Logger LOG = Logger.getLogger(KeyRotation.class);
    private static final int BATCH = 200;

    private final List<SealedRows> tables;

    KeyRotation(@All List<SealedRows> tables) {
        this.tables = List.copyOf(tables);
    }

    /**
     * Encrypts again what is not under the current key, in batches: whoever reads or changes entries meanwhile does not wait.
     *
     * @return how much was encrypted again and how much still is not; when that is nothing, older keys are needed no more
     */
    Rotation run() {
        long done = 0;
        for (SealedRows table : tables) {
            String last = "";
            while (last != null) {
                SealedRows.Batch batch = table.reseal(last, BATCH);
                done += batch.done();
                last = batch.last();
            }
        }
        Rotation rotation = new Rotation(done, outdated());
        LOG.infof(
                "Secrets were encrypted again under the current key: %d, left under others: %d",
                rotation.reencrypted(), rotation.remaining());
        return rotation;
    }

    /** Returns how many rows are under other keys than the current one. */
    long outdated() {
        return tables.stream().mapToLong(SealedRows::outdated).sum();
    }

    /**
     * What came of it.
     *
     * @param reencrypted rows that are now under the current key
     * @param remaining rows that are not
     */
    record Rotation(long reencrypted, long remaining) {}
}
