package dev.latchkey.platform.revocation;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Says of most ids that they are not in a set, from about two bytes for each that is: few enough to stay in the caches of a
 * processor, which the set itself does not. One thread adds; any number ask.
 */
final class IdFilter {

    private static final int BITS_PER_ID = 16;
    private static final int LEAST_BITS = 1 << 16;
    private static final int MOST_BITS = 1 << 30;

    private final AtomicLongArray bits;
    private final int shift;

    /** @param ids how many it is made for; with more, it says less */
    IdFilter(int ids) {
        long wanted = Math.clamp((long) ids * BITS_PER_ID, LEAST_BITS, MOST_BITS);
        int exponent = Long.SIZE - Long.numberOfLeadingZeros(wanted - 1);
        bits = new AtomicLongArray(1 << (exponent - 6));
        shift = Integer.SIZE - exponent;
    }

    /** For how many ids it says enough; none says more about a number beyond all bounds. */
    int room() {
        return bits.length() == MOST_BITS / Long.SIZE ? Integer.MAX_VALUE : bits.length() * (Long.SIZE / BITS_PER_ID);
    }

    void add(String id) {
        int bit = bit(id);
        bits.setRelease(bit >>> 6, bits.getPlain(bit >>> 6) | 1L << bit);
    }

    /** Tells whether an id may be in the set; false is certain. */
    boolean mayContain(String id) {
        int bit = bit(id);
        return (bits.getAcquire(bit >>> 6) & 1L << bit) != 0;
    }

    /** The upper bits of the product depend on all of the hash. */
    private int bit(String id) {
        return id.hashCode() * 0x9E3779B9 >>> shift;
    }
}
