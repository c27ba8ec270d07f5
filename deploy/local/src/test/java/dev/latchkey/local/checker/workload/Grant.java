package dev.latchkey.local.checker.workload;

/**
 * A grant as its client holds it.
 *
 * @param name in the history
 * @param access an access token of it
 * @param refresh its refresh token
 * @param link a path signed in its name; null when there is none
 */
record Grant(String name, String access, String refresh, String link) {

    Grant withAccess(String other) {
        return new Grant(name, other, refresh, link);
    }

    Grant withLink(String signed) {
        return new Grant(name, access, refresh, signed);
    }
}
