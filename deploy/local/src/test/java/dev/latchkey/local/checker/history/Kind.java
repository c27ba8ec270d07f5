package dev.latchkey.local.checker.history;

/** What a client can ask for, with what {@link Operation#subject()} and {@link Operation#result()} are then. */
public enum Kind {
    /** Redeems an authorization code, the subject; the result is the grant. */
    REDEEM,
    /** Asks for another access token of a grant, the subject. */
    REFRESH,
    /** Shows an access token of a grant, the subject, to a verifier. */
    VERIFY,
    /** Has a path signed in the name of a grant, the subject. */
    SIGN,
    /** Shows a signed path of a grant, the subject, to a verifier. */
    FOLLOW,
    /** Sends a command over a socket that stands on a grant, the subject. */
    SPEAK,
    /**
     * Has a socket that stands on a grant, the subject: a yes is that it was still open when everything was over, a no that the
     * server closed it, at the start of this.
     */
    HOLD,
    /** Takes a grant, the subject, back; or its user, which takes all its grants back. */
    REVOKE,
    /** Shows a verifier something that nobody issued, the subject: it must never be let in. */
    FORGE,
    /** Makes a user, the subject. */
    MAKE_USER,
    /** Deletes a user, the subject. */
    REMOVE_USER,
    /** Deactivates a user, the subject. */
    DEACTIVATE_USER,
    /** Activates a user, the subject, again. */
    ACTIVATE_USER,
    /** Looks for a user, the subject, when everything is over. */
    FIND_USER,
    /** Connects an account of the device, the subject; the result is the entry. */
    CREATE,
    /** Gives an entry, the subject, another title, the result. */
    RENAME,
    /** Removes an entry, the subject. */
    REMOVE
}
