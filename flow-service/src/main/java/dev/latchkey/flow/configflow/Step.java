package dev.latchkey.flow.configflow;

import dev.latchkey.flow.form.FormInput;
import dev.latchkey.flow.form.RecordForm;
import java.util.Map;
import java.util.function.Function;

/** One step of a flow, with what its input must be beyond the form that asked for it. */
final class Step {

    private final Function<Map<String, Object>, FormInput> check;
    private final Function<Map<String, Object>, FlowResult> body;

    private Step(Function<Map<String, Object>, FormInput> check, Function<Map<String, Object>, FlowResult> body) {
        this.check = check;
        this.body = body;
    }

    static Step of(Function<Map<String, Object>, FlowResult> body) {
        return new Step(FormInput.Accepted::new, body);
    }

    static <R extends Record> Step of(Class<R> type, Function<R, FlowResult> body) {
        RecordForm<R> form = RecordForm.of(type);
        return new Step(form::check, input -> body.apply(input == null ? null : form.read(input)));
    }

    FormInput check(Map<String, Object> input) {
        return check.apply(input);
    }

    FlowResult run(Map<String, Object> input) {
        return body.apply(input);
    }
}
