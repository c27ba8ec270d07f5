package dev.latchkey.flow.secret;

/** A table with ciphertexts in it, so that all of them can move to a new key. A CDI bean of the package that owns the table. */
public interface SealedRows {

    /**
     * Encrypts rows again that are not under the current key, in one transaction. Rows that somebody is just changing are left
     * for the next call.
     *
     * <p>A row that cannot be decrypted is logged by its id and left as it is.
     *
     * @param after the id after which to begin; an empty text to begin with the first
     * @param most how many at once
     */
    Batch reseal(String after, int most);

    /**
     * What came of some rows.
     *
     * @param done how many were encrypted again
     * @param last the id after which to go on; null when there are no more
     */
    record Batch(int done, String last) {}

    /** Returns how many rows are not under the current key. */
    long outdated();
}
