package dev.latchkey.flow.connector.file;

import com.fasterxml.jackson.core.JsonPointer;
import dev.latchkey.flow.connector.definition.AccountDefinition;
import dev.latchkey.flow.connector.definition.CheckDefinition;
import dev.latchkey.flow.connector.definition.CheckDefinition.BasicAuth;
import dev.latchkey.flow.connector.definition.Outcome;
import dev.latchkey.flow.connector.definition.OutcomeRule;
import dev.latchkey.flow.connector.definition.OutcomeRule.Statuses;
import dev.latchkey.flow.connector.definition.UrlTemplate;
import dev.latchkey.flow.connector.file.YamlTree.Scalar;
import dev.latchkey.flow.connector.file.YamlTree.Sequence;
import dev.latchkey.flow.form.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the connection test. */
final class CheckReader {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> METHODS = Set.of("GET", "POST");
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");
    private static final int MOST_RULES = 20;
    private static final int LONGEST_URL = 1000;

    private final Templates templates;

    /** @param fields what templates may name */
    CheckReader(Form fields) {
        this.templates = new Templates(fields);
    }

    CheckDefinition read(Section check) throws DefinitionException {
        Section request = check.requiredSection("request");
        String method = request.text("method", 10).orElse("GET").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new DefinitionException(request.line("method"), "\"method\" must be GET or POST");
        }
        UrlTemplate url = templates.url(request.line("url"), request.requiredText("url", LONGEST_URL));
        var headers = templates.headers(request.section("headers"));
        Optional<Section> basic = request.section("basic_auth");
        BasicAuth basicAuth = basic.isPresent() ? basicAuth(basic.get()) : null;
        if (basicAuth != null && headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
            throw new DefinitionException(
                    request.line("basic_auth"), "\"basic_auth\" and the header Authorization exclude each other");
        }
        Optional<YamlTree> limit = request.tree("timeout");
        Duration timeout =
                limit.isPresent() ? Values.duration(limit.get(), "\"timeout\"", LONGEST_TIMEOUT) : USUAL_TIMEOUT;
        if (timeout.isZero()) {
            throw new DefinitionException(request.line("timeout"), "\"timeout\" must be longer than nothing");
        }
        request.end();
        AccountDefinition account = account(check.requiredSection("account"));
        List<OutcomeRule> outcomes = outcomes(check.list("outcomes", MOST_RULES));
        check.end();
        return new CheckDefinition(method, url, headers, basicAuth, timeout, account, outcomes);
    }

    private BasicAuth basicAuth(Section section) throws DefinitionException {
        BasicAuth read = new BasicAuth(
                templates.inserted(section.line("username"), section.requiredText("username", 200)),
                templates.inserted(section.line("password"), section.requiredText("password", 200)));
        section.end();
        return read;
    }

    private AccountDefinition account(Section section) throws DefinitionException {
        JsonPointer uniqueId = pointer(section, "unique_id");
        Optional<String> per = section.text("per", 64);
        JsonPointer title = pointer(section, "title");
        if (uniqueId == null && per.isEmpty()) {
            throw new DefinitionException(section.line(), "\"account\" needs \"unique_id\"");
        }
        if (per.isPresent()) {
            templates.requireAddress(section.line("per"), per.get());
        }
        section.end();
        return new AccountDefinition(uniqueId, per.orElse(null), title);
    }

    private static JsonPointer pointer(Section section, String key) throws DefinitionException {
        Optional<String> text = section.text(key, 200);
        if (text.isEmpty()) {
            return null;
        }
        if (!POINTER.matcher(text.get()).matches()) {
            throw new DefinitionException(
                    section.line(key), "\"" + key + "\" must be a JSON pointer such as /id or /user/name");
        }
        return JsonPointer.compile(text.get());
    }

    private static List<OutcomeRule> outcomes(List<YamlTree> items) throws DefinitionException {
        List<OutcomeRule> rules = new ArrayList<>();
        for (YamlTree item : items) {
            Section section = new Section(item, "an outcome");
            List<Statuses> statuses = statuses(section.requiredTree("status"));
            Optional<Outcome> outcome = Outcome.of(section.requiredText("is", 50));
            if (outcome.isEmpty()) {
                throw new DefinitionException(section.line("is"), "\"is\" must be ok, invalid_auth or cannot_connect");
            }
            section.end();
            rules.add(new OutcomeRule(statuses, outcome.get()));
        }
        return rules;
    }

    private static List<Statuses> statuses(YamlTree tree) throws DefinitionException {
        List<Statuses> statuses = new ArrayList<>();
        for (YamlTree item : tree instanceof Sequence sequence ? sequence.items() : List.of(tree)) {
            Optional<Statuses> read = item instanceof Scalar scalar ? Statuses.parse(scalar.text()) : Optional.empty();
            if (read.isEmpty()) {
                throw new DefinitionException(
                        item.line(), "\"status\" must be a status such as 404, a class such as 5xx, or a list of them");
            }
            statuses.add(read.get());
        }
        return statuses;
    }
}
