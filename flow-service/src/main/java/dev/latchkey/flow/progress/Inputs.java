package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.Flow;
import dev.latchkey.flow.form.FormInput;
import java.util.Map;

/** What a client's input does to the result it answers ({@code spec/flows.md} 2.4). */
final class Inputs {

    private Inputs() {}

    /**
     * The step to run.
     *
     * @param input null to show the step
     */
    record Next(String stepId, Map<String, Object> input) {}

    /**
     * Returns the step that an input leads to.
     *
     * @throws InputRefusedException when the input is not what was asked for; nothing has happened then
     */
    static Next next(Shown shown, Flow flow, Map<String, Object> input) {
        Map<String, Object> values =
                shown.form() == null ? input : accepted(shown.form().check(input));
        if (shown.kind() == Shown.Kind.MENU) {
            String chosen = (String) values.get(FlowViews.NEXT_STEP_ID);
            return new Next(chosen == null ? shown.stepId() : chosen, null);
        }
        if (shown.kind() == Shown.Kind.FORM) {
            values = accepted(flow.check(shown.stepId(), values));
        }
        return new Next(shown.stepId(), values);
    }

    private static Map<String, Object> accepted(FormInput checked) {
        return switch (checked) {
            case FormInput.Accepted(Map<String, Object> values) -> values;
            case FormInput.Refused(Map<String, String> errors, Map<String, String> codes) ->
                throw new InputRefusedException(errors, codes);
        };
    }
}
