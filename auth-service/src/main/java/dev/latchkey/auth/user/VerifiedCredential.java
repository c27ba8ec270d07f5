package dev.latchkey.auth.user;

/**
 * A credential whose owner just proved to hold it.
 *
 * @param proof what was proved, to tell whether it still holds ({@link Accounts#hold(VerifiedCredential)}); never shown
 */
public record VerifiedCredential(String credentialId, Account account, String proof) {

    /** Says nothing of the proof. */
    @Override
    public String toString() {
        return "VerifiedCredential[" + credentialId + "]";
    }
}
