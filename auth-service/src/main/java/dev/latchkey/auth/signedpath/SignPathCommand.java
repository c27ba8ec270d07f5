package dev.latchkey.auth.signedpath;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.signedpath.SigningAnswer.Refused;
import dev.latchkey.auth.signedpath.SigningAnswer.Signed;
import dev.latchkey.auth.signedpath.SigningAnswer.Unavailable;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.auth.token.CallTokens;
import dev.latchkey.platform.message.MessageSchema.Field;
import dev.latchkey.platform.message.MessageSchema.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code auth/sign_path}: a path that works without a token for some seconds, as whoever asks for it. */
@ApplicationScoped
class SignPathCommand implements SocketCommand {

    /** The {@code result}. */
    record SignedPath(String path) {}

    private final CallTokens tokens;
    private final SigningService signing;

    SignPathCommand(CallTokens tokens, SigningService signing) {
        this.tokens = tokens;
        this.signing = signing;
    }

    @Override
    public String type() {
        return "auth/sign_path";
    }

    @Override
    public List<Field> fields() {
        return List.of(required("path", Kind.STRING), optional("expires", Kind.INTEGER));
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public Object handle(Caller caller, JsonNode message) throws CommandException {
        String token = tokens.of(caller.token().grantId(), caller.account())
                .orElseThrow(() -> new CommandException("unauthorized", "Unauthorized"));
        Integer expires = message.has("expires") ? message.get("expires").intValue() : null;
        return switch (signing.sign(token, text(message, "path"), expires)) {
            case Signed signed -> new SignedPath(signed.path());
            case Refused refused -> throw new CommandException("invalid_format", refused.message());
            case Unavailable unavailable ->
                throw new CommandException("timeout", "Paths cannot be signed at the moment. Try again in a moment.");
        };
    }
}
