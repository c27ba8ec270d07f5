package dev.latchkey.platform.request;

import java.util.Locale;
import java.util.Optional;

/** How the reading of a request target ended. There is no third way: nothing is thrown. */
public sealed interface TargetResult {

    /** The target reads one way only. */
    record Parsed(RequestTarget value) implements TargetResult {}

    /** The target was not read, because somebody else could read it another way. */
    record Refused(Reason reason) implements TargetResult {}

    /** @return the target, or empty when it was refused */
    default Optional<RequestTarget> target() {
        return this instanceof Parsed parsed ? Optional.of(parsed.value()) : Optional.empty();
    }

    /** Why a target is refused. When several apply, any one of them is given. */
    enum Reason {
        /** There is nothing. */
        EMPTY,
        /** Longer than {@link RequestTarget#MAX_LENGTH}. */
        TOO_LONG,
        /** It does not begin with a slash: absolute, authority or asterisk form (RFC 9112 section 3.2), or relative. */
        NOT_ORIGIN_FORM,
        /** It has a fragment, which never belongs in a request (RFC 9110 section 7.1). */
        FRAGMENT,
        /** A raw character that may not stand there: a control, a space, anything but ASCII; in the path more. */
        ILLEGAL_CHARACTER,
        /** A percent sign without two hexadecimal digits. */
        BAD_ESCAPE,
        /** What is encoded is not UTF-8 (RFC 3629): overlong, a surrogate, cut off; or, to be written, a lone surrogate. */
        NOT_UTF8,
        /** The path has two slashes in a row. */
        EMPTY_SEGMENT,
        /** The path has a segment {@code .} or {@code ..}, however it is written. */
        DOT_SEGMENT,
        /** The path has one of {@code / \ ; ? #} encoded. */
        ENCODED_DELIMITER,
        /** A control character encoded: in the path U+0000 to U+001F and U+007F, in the query U+0000. */
        ENCODED_CONTROL,
        /** The path has a letter, a digit or a dot encoded, which only hides it from rules on the raw path. */
        NEEDLESS_ESCAPE,
        /** Decoded twice, the path would read differently in a way that matters. */
        DOUBLE_ENCODED,
        /** More than {@link RequestTarget#MAX_SEGMENTS}. */
        TOO_MANY_SEGMENTS,
        /** More than {@link RequestTarget#MAX_PARAMETERS}. */
        TOO_MANY_PARAMETERS;

        /** @return the stable code, for example {@code dot_segment} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
