package dev.latchkey.auth.authorize;

import java.util.Locale;
import java.util.function.Function;

/** What can be wrong with an authorization request. All of it is shown here and nobody is sent anywhere (decision A6). */
enum Fault {
    MALFORMED("invalid_request", Texts::malformed, Texts::malformedRemedy),
    REPEATED("invalid_request", Texts::repeated, Texts::repeatedRemedy),
    CLIENT_ID_MISSING("invalid_request", Texts::clientIdMissing, Texts::clientIdMissingRemedy),
    CLIENT_ID("invalid_request", Texts::clientIdInvalid, Texts::clientIdInvalidRemedy),
    REDIRECT_URI_MISSING("invalid_request", Texts::redirectMissing, Texts::redirectMissingRemedy),
    REDIRECT_URI("invalid_request", Texts::redirectInvalid, Texts::redirectInvalidRemedy),
    REDIRECT_URI_FOREIGN("invalid_request", Texts::redirectForeign, Texts::redirectForeignRemedy),
    REDIRECT_URI_UNCONFIRMED("invalid_request", Texts::redirectUnconfirmed, Texts::redirectForeignRemedy),
    RESPONSE_TYPE("unsupported_response_type", Texts::responseKind, Texts::responseTypeRemedy),
    RESPONSE_MODE("invalid_request", Texts::responseKind, Texts::responseModeRemedy),
    STATE("invalid_request", Texts::unfit, Texts::stateRemedy),
    SCOPE("invalid_scope", Texts::unfit, Texts::scopeRemedy),
    PKCE("invalid_request", Texts::pkce, Texts::pkceRemedy),
    PKCE_REQUIRED("invalid_request", Texts::pkce, Texts::pkceRemedy);

    private final String error;
    private final Function<Texts, String> meaning;
    private final Function<Texts, String> remedy;

    Fault(String error, Function<Texts, String> meaning, Function<Texts, String> remedy) {
        this.error = error;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** Returns the stable code of this fault, where nothing more precise is known. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the error code of RFC 6749 section 4.1.2.1. */
    String error() {
        return error;
    }

    /** Says to a person what is wrong. */
    String meaning(Texts texts) {
        return meaning.apply(texts);
    }

    /** Says to the app's developer what to do. */
    String remedy(Texts texts) {
        return remedy.apply(texts);
    }

    /** Returns the fault of a redirect URI that {@code client} refused for a reason. */
    static Fault ofRedirectUri(String why) {
        return switch (why) {
            case "missing" -> REDIRECT_URI_MISSING;
            case "too_long", "illegal_character", "not_absolute", "scheme_not_allowed", "malformed" -> REDIRECT_URI;
            case "not_published", "nothing_published" -> REDIRECT_URI_FOREIGN;
            default -> REDIRECT_URI_UNCONFIRMED;
        };
    }
}
