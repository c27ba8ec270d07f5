package dev.latchkey.auth.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.socket.CommandException.Error;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.TooManySignInsException;
import dev.latchkey.platform.message.MalformedMessageException;
import dev.latchkey.platform.message.MessageSchema;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
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
    private static final Error TOO_MANY_SUBSCRIPTIONS = new Error(
            "not_allowed", "A connection has at most " + Subscriptions.MOST + " subscriptions. End some first.");
    private static final int LONGEST_ECHO = 64;
    private static final Runnable NOTHING = () -> {};

    private record Known(SocketCommand command, MessageSchema schema) {}

    /** An answer, and what follows it. */
    private record Answer(String text, boolean success, Runnable next) {}

    private final Map<String, Known> commands;
    private final SocketAdmission admission;
    private final WaitingCommands waiting;
    private final SocketAnswers answers;
    private final int mostInArray;

    CommandDispatcher(
            @All List<SocketCommand> commands,
            SocketAdmission admission,
            WaitingCommands waiting,
            SocketAnswers answers,
            AuthConfig config) {
        this.commands = commands.stream()
                .map(command ->
                        new Known(command, MessageSchema.of(command.fields().toArray(MessageSchema.Field[]::new))))
                .collect(Collectors.toMap(known -> known.command().type(), Function.identity()));
        this.admission = admission;
        this.waiting = waiting;
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
        Subscription subscription = null;
        if (known.command().subscribes()) {
            subscription =
                    new Subscription(connection, id.longValue(), known.command().adminOnly(), admission);
            if (!connection.subscriptions().add(subscription)) {
                connection.send(answers.error(id, TOO_MANY_SUBSCRIPTIONS));
                return;
            }
        }
        JsonNode fields = ((ObjectNode) message).without(List.of("id", "type"));
        Subscription events = subscription;
        if (known.command().waits()) {
            waiting.run(connection, () -> carryOut(connection, known, id, fields, events));
        } else {
            carryOut(connection, known, id, fields, events);
        }
    }

    private void carryOut(
            SocketConnection connection, Known known, JsonNode id, JsonNode message, Subscription events) {
        Answer answer = answer(connection, known, id, message, events);
        if (events != null && (answer == null || !answer.success())) {
            events.end();
        }
        if (answer == null) {
            connection.close();
        } else {
            try {
                connection.send(answer.text());
            } finally {
                answer.next().run();
            }
        }
    }

    /** Returns the answer; null when the connection may not be served any more. */
    private Answer answer(
            SocketConnection connection, Known known, JsonNode id, JsonNode message, Subscription events) {
        try {
            Account account = admission.accountOf(connection);
            if (account == null) {
                return null;
            }
            if (known.command().adminOnly() && !account.admin()) {
                return failure(id, UNAUTHORIZED);
            }
            known.schema().check(message);
            if ("ping".equals(known.command().type())) {
                return new Answer(answers.pong(id), true, NOTHING);
            }
            Object result = known.command() instanceof ConnectionCommand own
                    ? own.handle(connection, message)
                    : known.command()
                            .handle(new Caller(account, connection.token(), connection.client(), events), message);
            return result instanceof Continued continued
                    ? new Answer(answers.result(id, continued.result()), true, continued.next())
                    : new Answer(answers.result(id, result), true, NOTHING);
        } catch (MalformedMessageException e) {
            return failure(id, new Error("invalid_format", e.messageWithValue()));
        } catch (CommandException e) {
            return failure(id, e.error());
        } catch (TooManySignInsException e) {
            return failure(id, new Error("timeout", e.getMessage()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "The command %s failed unexpectedly", known.command().type());
            return failure(id, UNKNOWN_ERROR);
        }
    }

    private Answer failure(JsonNode id, Error error) {
        return new Answer(answers.error(id, error), false, NOTHING);
    }

    private static boolean isId(JsonNode id) {
        return id.isIntegralNumber() && id.canConvertToLong() && id.longValue() > 0;
    }

    private static JsonNode echo(JsonNode id) {
        boolean harmless = id.isNumber() || id.isTextual() && id.textValue().length() <= LONGEST_ECHO;
        return harmless ? id : NullNode.getInstance();
    }
}
