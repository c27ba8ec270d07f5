package dev.latchkey.signing.decision;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.signing.decision.Decision.Credential;
import java.util.Base64;
import java.util.Locale;

/**
 * What a person or a program is told who was not let through, where the gateway passes it on. Says what can be done, and
 * nothing about what is behind: a link that expired, was taken back or never was one reads the same.
 */
enum DenialPages {
    SIGN_IN(
            "Sign in first",
            "This address needs a signed link or an access token, and the request had none that works."),
    LINK(
            "This link does not work any more",
            "Links like this one work for a short time, and end when whoever made them takes them back. Ask for a new one."),
    FORBIDDEN(
            "This request cannot be passed on", "Its address can be read in more than one way, so nobody acts on it."),
    UNAVAILABLE(
            "Nobody can tell right now",
            "Whether this request may pass cannot be checked at the moment. Try again in a moment.");

    private static final String STYLE =
            "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#1c2530;"
                    + "background:#fff}h1{font-size:1.5rem}@media(prefers-color-scheme:dark){body{color:#e6ebf0;background:#12181f}}";

    /** Nothing may run or load; the style is allowed by its digest. */
    static final String POLICY =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(Secrets.sha256(STYLE)) + "'";

    private final String html;
    private final String json;

    DenialPages(String title, String sentence) {
        html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                + " content=\"width=device-width\"><title>" + title + "</title><style>" + STYLE
                + "</style></head>\n<body><h1>"
                + title + "</h1><p>" + sentence + "</p></body></html>\n";
        json = "{\"message\":\"" + title + ". " + sentence + "\",\"code\":\"" + name().toLowerCase(Locale.ROOT) + "\"}";
    }

    static DenialPages of(Decision.Denied denied) {
        return switch (denied.reason().outcome()) {
            case UNAUTHENTICATED -> denied.credential() == Credential.LINK ? LINK : SIGN_IN;
            case UNAVAILABLE -> UNAVAILABLE;
            case FORBIDDEN, ALLOWED -> FORBIDDEN;
        };
    }

    String html() {
        return html;
    }

    String json() {
        return json;
    }
}
