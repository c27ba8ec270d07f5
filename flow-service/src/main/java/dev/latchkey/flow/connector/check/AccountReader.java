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
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Finds in an answer whose account or which device it is. Pure. */
final class AccountReader {

    private static final int LONGEST_ID = 255;
    private static final int LONGEST_TITLE = 100;

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
        String uniqueId = AccountIds.join(connector, id.get(), FieldTexts.of(data));
        if (uniqueId.length() > LONGEST_ID) {
            return new Failed(Problem.INVALID_RESPONSE, "The answer names the account with more text than is kept");
        }
        return new Passed(uniqueId, title(answer, account.title()).orElse(connector.name()));
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
