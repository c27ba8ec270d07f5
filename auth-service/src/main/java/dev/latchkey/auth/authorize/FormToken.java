package dev.latchkey.auth.authorize;

import dev.latchkey.platform.secret.Secrets;
import io.vertx.core.http.Cookie;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;

/**
 * Binds a form without a flow to the browser that opened it: the form carries what a cookie has that browsers send with
 * requests of our own pages only. All forms that a browser has open share it, so that tabs do not disturb each other.
 */
final class FormToken {

    private static final int LENGTH = Secrets.random().length();

    private FormToken() {}

    /** Returns the token that the browser has already, or a new one. */
    static String of(Visit visit) {
        String known = presented(visit);
        return known != null && known.length() == LENGTH ? known : Secrets.random();
    }

    /** Tells whether a form carries the token of the browser that sent it. */
    static boolean matches(String sent, Visit visit) {
        String known = presented(visit);
        return known != null && known.length() == LENGTH && Secrets.equal(known, sent);
    }

    /** Returns the cookie that keeps a token as long as the browser is open. */
    static NewCookie give(String token, Visit visit) {
        return cookie(token, NewCookie.DEFAULT_MAX_AGE, visit);
    }

    /** Returns the cookie that makes the browser forget its token. */
    static NewCookie remove(Visit visit) {
        return cookie("", 0, visit);
    }

    private static String presented(Visit visit) {
        Cookie cookie = visit.request().getCookie(name(visit));
        return cookie == null ? null : cookie.getValue();
    }

    private static NewCookie cookie(String value, int maxAge, Visit visit) {
        return new NewCookie.Builder(name(visit))
                .value(value)
                .path(ChangePasswordResource.PATH)
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(visit.secure())
                .sameSite(SameSite.STRICT)
                .build();
    }

    private static String name(Visit visit) {
        return (visit.secure() ? "__Secure-" : "") + "latchkey-form";
    }
}
