package dev.latchkey.flow.configflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The steps of a flow by their ids. */
public final class Steps {

    private final Map<String, Step> byId = new LinkedHashMap<>();

    Steps() {}

    /**
     * Adds a step whose input is a record: its components and annotations are the form ({@link
     * dev.latchkey.flow.form.RecordForm}). The input is null when the step is shown for the first time.
     */
    public <R extends Record> Steps add(String id, Class<R> input, Function<R, FlowResult> body) {
        return add(id, Step.of(input, body));
    }

    /** Adds a step whose input is a map, or null when it is shown for the first time. */
    public Steps add(String id, Function<Map<String, Object>, FlowResult> body) {
        return add(id, Step.of(body));
    }

    private Steps add(String id, Step step) {
        if (byId.putIfAbsent(id, step) != null) {
            throw new IllegalArgumentException("two steps are called " + id);
        }
        return this;
    }

    Map<String, Step> byId() {
        return byId;
    }
}
