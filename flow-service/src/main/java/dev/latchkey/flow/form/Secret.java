package dev.latchkey.flow.form;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * A text that nobody may see by accident: whatever prints or serialises one shows a mask (decision F9). Only {@link #reveal}
 * gives the text away, and only {@link DataJson} writes it, for what is encrypted right after.
 */
public final class Secret {

    private static final String MASK = "********";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Wraps a text, which is not null. */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text));
    }

    /** Returns the text, for the one place that needs it: a request to the remote. */
    public String reveal() {
        return text;
    }

    /** Returns the mask. */
    @Override
    @JsonValue
    public String toString() {
        return MASK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
