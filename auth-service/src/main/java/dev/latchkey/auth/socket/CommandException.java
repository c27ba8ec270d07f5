package dev.latchkey.auth.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.auth.user.UserException;
import java.util.Map;

/** A command that cannot be done, with the stable code that clients know. */
public class CommandException extends Exception {

    private static final long serialVersionUID = 1;

    /** The {@code error} of an answer; the translation is null where the code has none. */
    @JsonInclude(Include.NON_NULL)
    record Error(
            String code,
            String message,
            @JsonProperty("translation_key") String translationKey,
            @JsonProperty("translation_domain") String translationDomain,
            @JsonProperty("translation_placeholders") Map<String, String> translationPlaceholders) {

        Error(String code, String message) {
            this(code, message, null, null, null);
        }
    }

    private final transient Error error;

    public CommandException(String code, String message) {
        this(new Error(code, message));
    }

    private CommandException(Error error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** Returns the error for a change of a user that was refused, under the refusal's own code. */
    public static CommandException of(UserException e) {
        return new CommandException(e.code(), e.getMessage());
    }

    /** Returns the error for a refusal that clients translate by its code. */
    public static CommandException translated(UserException e) {
        return new CommandException(
                new Error("home_assistant_error", e.getMessage(), e.code(), "auth", e.placeholders()));
    }

    Error error() {
        return error;
    }
}
