package dev.latchkey.flow.connector.definition;

import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.Form;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An integration as its file describes it.
 *
 * @param version of the data of entries
 * @param documentation where to read about it; null when not said
 * @param fields in the order of the form
 * @param steps names of fields by step
 * @param probe how often a loaded entry is tested again; zero for never
 * @param options fields of the options flow; none when there is no such flow
 */
public record Connector(
        String domain,
        String name,
        int version,
        String documentation,
        IntegrationType type,
        boolean singleInstance,
        Form fields,
        Map<String, List<String>> steps,
        CheckDefinition check,
        Duration probe,
        Form options) {

    /** The steps that a file may say something about. */
    public static final String USER = "user";

    public static final String REAUTH_CONFIRM = "reauth_confirm";
    public static final String RECONFIGURE = "reconfigure";

    /** A boolean field of this name, set to false, turns the verification of certificates off. */
    public static final String VERIFY_TLS = "verify_tls";

    public Connector {
        steps = Map.copyOf(steps);
    }

    /** @return the form of a step, as in the file */
    public Form form(String step) {
        return new Form(steps.get(step).stream()
                .map(name -> fields.field(name).orElseThrow())
                .toList());
    }

    /** @return the field of a name; it exists */
    public Field field(String name) {
        return fields.field(name).orElseThrow();
    }
}
