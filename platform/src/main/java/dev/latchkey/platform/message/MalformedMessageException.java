package dev.latchkey.platform.message;

import com.fasterxml.jackson.databind.JsonNode;

/** A message that does not have the form it must have. What is said of it never repeats a text the sender wrote. */
public class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient JsonNode value;

    MalformedMessageException(String problem, JsonNode value) {
        super(problem, null, false, false);
        this.value = value;
    }

    /** Returns the problem with the offending value where that is a number, a truth value or null: never a text. */
    public String messageWithValue() {
        boolean harmless = value != null && (value.isNumber() || value.isBoolean() || value.isNull());
        return harmless ? getMessage() + ". Got " + value : getMessage();
    }
}
