package dev.latchkey.auth.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.socket.CommandException.Error;
import dev.latchkey.auth.token.RefreshTokenService;
import dev.latchkey.auth.token.RevokedGrants;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.auth.user.TooManySignInsException;
import dev.latchkey.platform.message.MalformedMessageException;
import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Reads the envelope of a command, finds who handles it, and answers ({@code spec/auth.md} 1.8). */
@ApplicationScoped
class CommandDispatcher {

    private static final Logger LOG = Logger.getLogger(CommandDispatcher.class);

    private static final Error BAD_ENVELOPE = new Error("invalid_format", "Message incorrectly formatted.");
    private static final Error ID_REUSE = new Error("id_reuse", "Identifier values have to increase.");
    private static final Error UNKNOWN_COMMAND = new Error("unknown_command", "Unknown command.");
    private static final Error UNAUTHORIZED = new Error("unauthorized", "Unauthorized");
    private static final Error UNKNOWN_ERROR = new Error("unknown_error", "Unknown error");
    private static final int LONGEST_ECHO = 64;

    private record Known(SocketCommand command, MessageSchema schema) {}

    private final Map<String, Known> commands;
    private final Accounts accounts;
    private final RevokedGrants revoked;
    private final RefreshTokenService grants;
    private final Clock clock;
    private final SocketAnswers answers;
    private final int mostInArray;

    CommandDispatcher(
            @All List<SocketCommand> commands,
            Accounts accounts,
            RevokedGrants revoked,
            RefreshTokenService grants,
            Clock clock,
            SocketAnswers answers,
            AuthConfig config) {
        this.commands = commands.stream()
                .map(command ->
                        new Known(command, MessageSchema.of(command.fields().toArray(MessageSchema.Field[]::new))))
                .collect(Collectors.toMap(known -> known.command().type(), Function.identity()));
        this.accounts = accounts;
        this.revoked = revoked;
        this.grants = grants;
        this.clock = clock;
        this.answers = answers;
        this.mostInArray = config.socket().maxQueuedMessages();
    }

    /** Handles a command, or each of an array of them in order; an array is held to the limit of a queue. */
    void handle(SocketConnection connection, JsonNode message) {
        if (!message.isArray()) {
            handleOne(connection, message);
        } else if (message.size() > mostInArray) {
            connection.close();
        } else {
            for (JsonNode single : message) {
                if (connection.closed()) {
                    return;
                }
                handleOne(connection, single);
            }
        }
    }

    private void handleOne(SocketConnection connection, JsonNode message) {
        JsonNode id = message.path("id");
        JsonNode type = message.path("type");
        if (!message.isObject() || !isId(id) || !type.isTextual()) {
            connection.send(answers.error(echo(id), BAD_ENVELOPE));
            return;
        }
        if (id.longValue() <= connection.lastId()) {
            connection.send(answers.error(id, ID_REUSE));
            return;
        }
        Known known = commands.get(type.textValue());
        if (known == null) {
            connection.send(answers.error(id, UNKNOWN_COMMAND));
            return;
        }
        connection.consumeId(id.longValue());
        String answer = answer(connection, known, id, ((ObjectNode) message).without(List.of("id", "type")));
        if (answer == null) {
            connection.close();
        } else {
            connection.send(answer);
        }
    }

    /** Returns the answer; null when the connection may not be served any more. */
    private String answer(SocketConnection connection, Known known, JsonNode id, JsonNode message) {
        try {
            Account account = admitted(connection);
            if (account == null) {
                return null;
            }
            if (known.command().adminOnly() && !account.admin()) {
                return answers.error(id, UNAUTHORIZED);
            }
            known.schema().check(message);
            if ("ping".equals(known.command().type())) {
                return answers.pong(id);
            }
            Caller caller = new Caller(account, connection.token(), connection.client());
            return answers.result(id, known.command().handle(caller, message));
        } catch (MalformedMessageException e) {
            return answers.error(id, new Error("invalid_format", e.messageWithValue()));
        } catch (CommandException e) {
            return answers.error(id, e.error());
        } catch (TooManySignInsException e) {
            return answers.error(id, new Error("timeout", e.getMessage()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "The command %s failed unexpectedly", known.command().type());
            return answers.error(id, UNKNOWN_ERROR);
        }
    }

    /**
     * Returns who the connection belongs to as of now; null when the grant was revoked or has ended, or the user is not
     * served here.
     */
    private Account admitted(SocketConnection connection) {
        return revoked.contains(connection.token().grantId()) || hasEnded(connection)
                ? null
                : accounts.find(connection.token().userId())
                        .filter(account -> Admission.of(account, connection.client()) == Admission.ALLOWED)
                        .orElse(null);
    }

    /** A connection outlives the access token that opened it, unless that was the last one of its grant. */
    private boolean hasEnded(SocketConnection connection) {
        AccessToken token = connection.token();
        if (connection.outlivesToken() || token.expiresAt().isAfter(clock.instant())) {
            return false;
        }
        if (!grants.outlivesAccessToken(token.grantId())) {
            return true;
        }
        connection.outliveToken();
        return false;
    }

    private static boolean isId(JsonNode id) {
        return id.isIntegralNumber() && id.canConvertToLong() && id.longValue() > 0;
    }

    private static JsonNode echo(JsonNode id) {
        boolean harmless = id.isNumber() || id.isTextual() && id.textValue().length() <= LONGEST_ECHO;
        return harmless ? id : NullNode.getInstance();
    }
}
