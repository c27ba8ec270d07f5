package dev.latchkey.auth.socket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.token.Authenticator;
import dev.latchkey.auth.token.Verdict;
import dev.latchkey.platform.message.JsonMessages;
import dev.latchkey.platform.message.MalformedMessageException;
import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.message.MessageSchema.Kind;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The two phases of a connection: first it authenticates, then it sends commands ({@code spec/auth.md} 1.8). */
@ApplicationScoped
class SocketProtocol {

    private static final Logger LOG = Logger.getLogger(SocketProtocol.class);

    private static final MessageSchema AUTHENTICATE = MessageSchema.of(
            MessageSchema.required("type", Kind.STRING),
            MessageSchema.optional("access_token", Kind.STRING),
            MessageSchema.optional("api_password", Kind.STRING));

    private final Authenticator authenticator;
    private final OpenSockets sockets;
    private final CommandDispatcher commands;
    private final SocketAnswers answers;
    private final String version;

    SocketProtocol(
            Authenticator authenticator,
            OpenSockets sockets,
            CommandDispatcher commands,
            SocketAnswers answers,
            AuthConfig config) {
        this.authenticator = authenticator;
        this.sockets = sockets;
        this.commands = commands;
        this.answers = answers;
        this.version = config.socket().compatibleVersion();
    }

    /** Returns what the server says first. */
    String greeting() {
        return answers.authRequired(version);
    }

    /** Handles one message. Blocks; called for one message of a connection at a time. */
    void handle(SocketConnection connection, String text) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            Optional<JsonNode> message = JsonMessages.parse(text);
            if (message.isEmpty()) {
                connection.close();
            } else if (connection.token() == null) {
                authenticate(connection, message.get());
            } else {
                commands.handle(connection, message.get());
            }
        } catch (RuntimeException e) {
            LOG.error("A socket message failed unexpectedly", e);
            connection.close();
        } finally {
            request.terminate();
        }
    }

    private void authenticate(SocketConnection connection, JsonNode message) {
        String problem = problem(message);
        if (problem != null) {
            refuse(connection, "Auth message incorrectly formatted: " + problem);
            return;
        }
        String token = MessageSchema.text(message, "access_token");
        Verdict verdict =
                token == null ? Verdict.Refused.INVALID : authenticator.authenticate(token, connection.client());
        switch (verdict) {
            case Verdict.Valid valid -> {
                connection.authenticated(valid.token());
                sockets.authenticated(connection);
                connection.send(answers.authOk(version));
            }
            case Verdict.Refused.NOT_LOCAL -> refuse(connection, "User cannot authenticate remotely");
            case Verdict.Refused.INVALID -> refuse(connection, "Invalid access token or password");
        }
    }

    private void refuse(SocketConnection connection, String reason) {
        connection.send(answers.authInvalid(reason));
        connection.close();
    }

    /** Never repeats a value of the message: it may be a token. */
    private static String problem(JsonNode message) {
        try {
            AUTHENTICATE.check(message);
        } catch (MalformedMessageException e) {
            return e.getMessage();
        }
        if (!"auth".equals(MessageSchema.text(message, "type"))) {
            return "not a valid value for dictionary value @ data['type']";
        }
        return message.has("access_token") && message.has("api_password")
                ? "two or more values in the same group of exclusion 'auth'"
                : null;
    }
}
