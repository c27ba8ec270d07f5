package dev.latchkey.platform.user;

import java.util.List;

/**
 * The built-in user that owns what services sign without a person (decision S8): may read, nothing else; cannot sign in, be
 * changed or be deleted. Its ids are the same in every installation, so that no service has to ask for them.
 */
public final class ContentUser {

    /** The user's id. */
    public static final String ID = "00000000000000000000000000000001";

    /** The id of its only grant, of the type {@code system}. */
    public static final String GRANT_ID = "00000000000000000000000000000002";

    /** The user's name. */
    public static final String NAME = "Latchkey Content";

    /** The groups it is in. */
    public static final List<String> GROUPS = List.of("system-read-only");

    private ContentUser() {}
}
