package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.connector.definition.CheckDefinition;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.Form;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the file of a connector, strictly: what it does not understand it refuses, with the line. */
final class ConnectorReader {

    private static final Pattern DOMAIN = Pattern.compile("[a-z][a-z0-9_]{1,49}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,5}");
    private static final Duration USUAL_PROBE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PROBE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PROBE = Duration.ofDays(1);
    private static final Map<String, IntegrationType> TYPES =
            Map.of("hub", IntegrationType.HUB, "device", IntegrationType.DEVICE, "service", IntegrationType.SERVICE);

    private ConnectorReader() {}

    /**
     * @param fileDomain the name of the file without its extension
     * @param text what is in the file
     * @throws DefinitionException with the first thing that is wrong
     */
    static Connector read(String fileDomain, String text) throws DefinitionException {
        Section file = new Section(YamlReader.read(text), "the file");
        String domain = domain(file, fileDomain);
        String name = file.requiredText("name", 100);
        int version = version(file);
        String documentation = documentation(file);
        IntegrationType type = type(file);
        boolean single = file.bool("single_instance").orElse(false);
        Form fields = FieldReader.fields(file.list("fields", FieldReader.mostFields()));
        Map<String, List<String>> steps = steps(file.section("steps"), fields);
        CheckDefinition check = new CheckReader(fields).read(file.requiredSection("check"));
        Duration probe = probe(file);
        Form options = FieldReader.fields(file.list("options", FieldReader.mostFields()));
        file.end();
        return new Connector(domain, name, version, documentation, type, single, fields, steps, check, probe, options);
    }

    private static String domain(Section file, String fileDomain) throws DefinitionException {
        String domain = file.requiredText("domain", 100);
        if (!DOMAIN.matcher(domain).matches()) {
            throw new DefinitionException(
                    file.line("domain"),
                    "\"domain\" must be 2 to 50 lower-case letters, digits and underscores, a letter first");
        }
        if (!domain.equals(fileDomain)) {
            throw new DefinitionException(
                    file.line("domain"),
                    "the domain is \"" + domain + "\", so the file must be called " + domain + ".yaml");
        }
        return domain;
    }

    private static int version(Section file) throws DefinitionException {
        String version = file.text("version", 20).orElse("1");
        if (!VERSION.matcher(version).matches()) {
            throw new DefinitionException(file.line("version"), "\"version\" must be a whole number from 1");
        }
        return Integer.parseInt(version);
    }

    private static String documentation(Section file) throws DefinitionException {
        Optional<String> address = file.text("documentation", 500);
        if (address.isPresent() && !address.get().matches("https?://[^\\s<>\"]+")) {
            throw new DefinitionException(file.line("documentation"), "\"documentation\" must be a web address");
        }
        return address.orElse(null);
    }

    private static IntegrationType type(Section file) throws DefinitionException {
        IntegrationType type = TYPES.get(file.text("integration_type", 20).orElse("hub"));
        if (type == null) {
            throw new DefinitionException(
                    file.line("integration_type"), "\"integration_type\" must be hub, device or service");
        }
        return type;
    }

    private static Map<String, List<String>> steps(Optional<Section> section, Form fields) throws DefinitionException {
        List<String> all = fields.fields().stream().map(Field::name).toList();
        List<String> secrets =
                fields.fields().stream().filter(Field::secret).map(Field::name).toList();
        Map<String, List<String>> steps = new LinkedHashMap<>();
        steps.put(Connector.USER, all);
        steps.put(Connector.REAUTH_CONFIRM, secrets);
        steps.put(Connector.RECONFIGURE, all);
        if (section.isEmpty()) {
            return steps;
        }
        for (String step : List.copyOf(steps.keySet())) {
            if (section.get().tree(step).isPresent()) {
                steps.put(step, step(section.get(), step, fields));
            }
        }
        section.get().end();
        for (Field field : fields.fields()) {
            if (field.required()
                    && field.defaultValue() == null
                    && !steps.get(Connector.USER).contains(field.name())) {
                throw new DefinitionException(
                        section.get().line(Connector.USER), "the step user must ask for \"" + field.name() + "\"");
            }
        }
        return steps;
    }

    private static List<String> step(Section section, String step, Form fields) throws DefinitionException {
        List<YamlTree> items = section.list(step, FieldReader.mostFields());
        List<String> names = section.texts(step, FieldReader.mostFields());
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            int line = Section.lineOf(items, name);
            if (fields.field(name).isEmpty()) {
                throw new DefinitionException(line, "there is no field \"" + Quoted.text(name) + "\"");
            }
            if (!seen.add(name)) {
                throw new DefinitionException(line, "the step " + step + " asks for \"" + name + "\" twice");
            }
        }
        return names;
    }

    private static Duration probe(Section file) throws DefinitionException {
        Optional<YamlTree> probe = file.tree("probe");
        if (probe.isEmpty()) {
            return USUAL_PROBE;
        }
        Duration read = Values.duration(probe.get(), "\"probe\"", LONGEST_PROBE);
        if (!read.isZero() && read.compareTo(SHORTEST_PROBE) < 0) {
            throw new DefinitionException(file.line("probe"), "\"probe\" must be 0 or at least 1s");
        }
        return read;
    }
}
