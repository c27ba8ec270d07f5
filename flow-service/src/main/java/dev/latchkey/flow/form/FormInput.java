package dev.latchkey.flow.form;

import java.util.Map;

/** What came of checking an input. */
public sealed interface FormInput {

    /** It can be used: defaults are filled in, values are what their types say, secrets are {@link Secret}s. */
    record Accepted(Map<String, Object> values) implements FormInput {}

    /**
     * It cannot be used; all problems at once (decision F4).
     *
     * @param errors a sentence by name of the field, {@code base} for what belongs to none
     * @param codes a stable code for each of them
     */
    record Refused(Map<String, String> errors, Map<String, String> codes) implements FormInput {}
}
