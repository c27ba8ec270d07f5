package dev.latchkey.flow.entry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A list on its way to a client, and its share of the memory that all lists may take. Thread-safe. */
final class Listing {

    private final SegmentedBytes bytes;
    private final long size;
    private final Semaphore room;
    private final int share;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param share of the room, which the caller has taken */
    Listing(SegmentedBytes bytes, Semaphore room, int share) {
        this.bytes = bytes;
        this.size = bytes.size();
        this.room = room;
        this.share = share;
    }

    /** Returns how many bytes it has. */
    long size() {
        return size;
    }

    /** Sends it, once. */
    void sendTo(OutputStream out) throws IOException {
        try {
            bytes.drainTo(out);
        } finally {
            over();
        }
    }

    /** Gives the memory back; called as soon as it is certain that nothing more is sent, and as often as anybody likes. */
    void over() {
        if (over.compareAndSet(false, true)) {
            room.release(share);
        }
    }
}
