package dev.latchkey.flow.connector.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the status of an answer means. */
public enum Outcome {
    /** The credentials are good. */
    OK,
    /** The remote refuses the credentials, and means it. */
    INVALID_AUTH,
    /** The remote cannot answer now. */
    CANNOT_CONNECT;

    /** @return the outcome as files call it, for example {@code invalid_auth} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the outcome of a name, or empty when there is none */
    public static Optional<Outcome> of(String code) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.code().equals(code))
                .findFirst();
    }
}
