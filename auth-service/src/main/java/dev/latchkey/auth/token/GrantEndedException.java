package dev.latchkey.auth.token;

/** Thrown when the grant by which somebody asks was revoked, or its user deactivated, a moment ago. */
public class GrantEndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    GrantEndedException() {
        super("the grant was revoked", null, false, false);
    }
}
