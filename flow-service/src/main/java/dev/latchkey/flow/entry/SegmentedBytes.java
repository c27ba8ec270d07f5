package dev.latchkey.flow.entry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Bytes in memory, in segments that are used again. A list of ten thousand entries has five megabytes: arrays of that size which die
 * soon fill a small heap with what only a full collection takes away, and a full collection is what readers then wait for. Not
 * thread-safe; the spare segments are.
 */
final class SegmentedBytes extends OutputStream {

    static final int SEGMENT = 64 * 1024;
    private static final int MOST_SPARE = 128;
    private static final BlockingQueue<byte[]> SPARE = new ArrayBlockingQueue<>(MOST_SPARE);

    private final List<byte[]> segments = new ArrayList<>();
    private byte[] last;
    private int used = SEGMENT;

    @Override
    public void write(int value) {
        makeRoom();
        last[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            makeRoom();
            int part = Math.min(left, SEGMENT - used);
            System.arraycopy(bytes, from, last, used, part);
            used += part;
            from += part;
            left -= part;
        }
    }

    /** Returns how many segments of memory this takes. */
    int segments() {
        return segments.size();
    }

    /** Returns how many bytes there are. */
    long size() {
        return (long) segments.size() * SEGMENT - (SEGMENT - used);
    }

    /** Writes everything to a stream; afterwards nothing is left, whether that succeeded or not. */
    void drainTo(OutputStream out) throws IOException {
        try {
            for (byte[] segment : segments) {
                out.write(segment, 0, segment == last ? used : SEGMENT);
            }
        } finally {
            segments.forEach(SPARE::offer);
            segments.clear();
            used = SEGMENT;
        }
    }

    private void makeRoom() {
        if (used == SEGMENT) {
            byte[] spare = SPARE.poll();
            last = spare == null ? new byte[SEGMENT] : spare;
            segments.add(last);
            used = 0;
        }
    }
}
