package dev.latchkey.auth.account;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.token.GrantEndedException;
import dev.latchkey.auth.token.NameTakenException;
import dev.latchkey.auth.token.RefreshTokenService;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** {@code auth/long_lived_access_token}: an access token for years, shown this once (decision A12). */
@ApplicationScoped
class LongLivedAccessTokenCommand implements SocketCommand {

    private static final int LONGEST_DAYS = 3650;
    private static final int LONGEST_TEXT = 255;

    private final RefreshTokenService tokens;

    LongLivedAccessTokenCommand(RefreshTokenService tokens) {
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return "auth/long_lived_access_token";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                optional("lifespan", Kind.INTEGER),
                required("client_name", Kind.STRING),
                optional("client_icon", Kind.NULLABLE_STRING));
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        int days = message.has("lifespan") ? message.get("lifespan").intValue() : LONGEST_DAYS;
        if (days < 1 || days > LONGEST_DAYS) {
            throw new CommandException(
                    "invalid_format",
                    "value must be from 1 to " + LONGEST_DAYS + " for dictionary value @ data['lifespan']. Got "
                            + days);
        }
        String name = text(message, "client_name").strip();
        String icon = text(message, "client_icon");
        if (name.isEmpty() || !isShown(name) || icon != null && !isShown(icon)) {
            throw new CommandException(
                    "invalid_format",
                    "client_name has 1 to " + LONGEST_TEXT + " characters, client_icon at most " + LONGEST_TEXT
                            + ", none of them a control character");
        }
        try {
            return tokens.issueLongLivedAccessToken(
                    caller.account(), caller.token().grantId(), name, icon, Duration.ofDays(days));
        } catch (NameTakenException e) {
            throw new CommandException("name_already_exists", e.getMessage());
        } catch (GrantEndedException e) {
            throw new CommandException("unauthorized", "Unauthorized");
        }
    }

    /** The name goes into the token and from there into the headers of gateways, so it is one line. */
    private static boolean isShown(String text) {
        return text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl);
    }
}
