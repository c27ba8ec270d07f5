package dev.latchkey.flow.connector.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.connector.definition.AccountDefinition;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Finds in an answer whose account or which device it is. What names an entry is shown to everybody who may list entries, so a
 * remote that sends a credential back does not get it there. Pure.
 */
final class AccountReader {

    private static final int LONGEST_ID = 255;
    private static final int LONGEST_TITLE = 100;
    private static final int LEAST_SECRET = 6;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AccountReader() {}

    /**
     * @param data the values the remote was asked with
     * @param body the whole answer
     */
    static CheckResult read(Connector connector, Map<String, Object> data, byte[] body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (IOException e) {
            return new Failed(Problem.INVALID_RESPONSE, "The answer is not JSON");
        }
        if (answer == null || answer.isMissingNode()) {
            return new Failed(Problem.INVALID_RESPONSE, "The answer is empty");
        }
        AccountDefinition account = connector.check().account();
        Optional<String> id = account.uniqueId() == null ? Optional.of("") : id(answer, account.uniqueId());
        if (id.isEmpty()) {
            return new Failed(Problem.INVALID_RESPONSE, "The answer does not say whose account it is");
        }
        if (repeatsSecret(id.get(), data)) {
            return new Failed(Problem.INVALID_RESPONSE, "The answer names the account by a credential");
        }
        String uniqueId = AccountIds.join(connector, id.get(), FieldTexts.of(data));
        if (uniqueId.length() > LONGEST_ID) {
            return new Failed(Problem.INVALID_RESPONSE, "The answer names the account with more text than is kept");
        }
        String title = title(answer, account.title())
                .filter(text -> !repeatsSecret(text, data))
                .orElse(connector.name());
        return new Passed(uniqueId, title);
    }

    /** Short secrets are found in many texts by chance; of them only the whole counts. */
    private static boolean repeatsSecret(String text, Map<String, Object> data) {
        return data.values().stream()
                .anyMatch(value -> value instanceof Secret secret
                        && (text.equals(secret.reveal())
                                || secret.reveal().length() >= LEAST_SECRET && text.contains(secret.reveal())));
    }

    private static Optional<String> id(JsonNode answer, JsonPointer pointer) {
        return text(answer.at(pointer)).filter(id -> !id.isBlank() && id.chars().noneMatch(Character::isISOControl));
    }

    private static Optional<String> title(JsonNode answer, JsonPointer pointer) {
        return Optional.ofNullable(pointer)
                .flatMap(at -> text(answer.at(at)))
                .map(AccountReader::printable)
                .filter(title -> !title.isBlank());
    }

    private static Optional<String> text(JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(node.textValue());
        }
        return node.isNumber() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static String printable(String title) {
        return title.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(LONGEST_TITLE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
