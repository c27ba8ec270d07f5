package dev.latchkey.flow.secret;

/** A table with ciphertexts in it, so that all of them can move to a new key. A CDI bean of the package that owns the table. */
public interface SealedRows {

    /**
     * Encrypts rows again that are not under the current key, in one transaction. Rows that somebody is just changing are left
     * for the next call.
     *
     * @param most how many at once
     * @return how many were encrypted again; fewer than {@code most} when none is left that could be
     * @throws IllegalStateException when one cannot be decrypted; nothing is changed then
     */
    int reseal(int most);

    /** Returns how many rows are not under the current key. */
    long outdated();
}
