package dev.latchkey.flow.configflow;

import dev.latchkey.flow.form.Form;
import dev.latchkey.flow.form.RecordForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What a step ends with ({@code spec/flows.md} 2.2). Made by the factory methods of {@link Flow}. A {@code stepId} that is null
 * stands for the step that ran; placeholders that are null are none.
 */
public sealed interface FlowResult {

    /**
     * Asks a person for something; the input goes to the step of {@code stepId}.
     *
     * @param errors keys of translations by name of the field, {@code base} for none; null when there are none
     * @param lastStep whether the flow ends after this form; null when that depends
     * @param preview the name of a preview; null when there is none
     */
    record ShowForm(
            String stepId,
            Form form,
            Map<String, String> errors,
            Map<String, String> placeholders,
            Boolean lastStep,
            String preview)
            implements FlowResult {

        public ShowForm {
            form = form == null ? Form.EMPTY : form;
        }

        /** Says what was wrong with the last input; an empty map is said too. */
        public ShowForm withErrors(Map<String, String> newErrors) {
            return new ShowForm(stepId, form, newErrors, placeholders, lastStep, preview);
        }

        /** Says that one thing was wrong with the last input. */
        public ShowForm withError(String field, String error) {
            return withErrors(Map.of(field, error));
        }

        public ShowForm withPlaceholders(Map<String, String> newPlaceholders) {
            return new ShowForm(stepId, form, errors, newPlaceholders, lastStep, preview);
        }

        /** Puts values into the fields to begin with, those of secrets excepted. */
        public ShowForm withSuggestions(Map<String, ?> values) {
            return new ShowForm(stepId, form.withSuggestions(values), errors, placeholders, lastStep, preview);
        }

        /** Puts the values of a record into the fields to begin with, those of secrets excepted; null puts none. */
        public ShowForm withSuggestions(Record values) {
            return values == null ? this : withSuggestions(RecordForm.values(values));
        }

        /** Lets secrets be left out, which means: as they were (decision F14). */
        public ShowForm keepingSecrets() {
            return new ShowForm(stepId, form.keepingSecrets(), errors, placeholders, lastStep, preview);
        }

        public ShowForm asLastStep(boolean last) {
            return new ShowForm(stepId, form, errors, placeholders, last, preview);
        }

        public ShowForm withPreview(String name) {
            return new ShowForm(stepId, form, errors, placeholders, lastStep, name);
        }
    }

    /**
     * Ends the flow with a new entry; an options flow with new options, which are the {@code data}.
     *
     * @param data null in an options flow: nothing changes
     */
    record CreateEntry(
            String title,
            Map<String, Object> data,
            Map<String, Object> options,
            String description,
            Map<String, String> placeholders)
            implements FlowResult {

        public CreateEntry {
            data = data == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(data));
            options = options == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }

        public CreateEntry withOptions(Map<String, Object> newOptions) {
            return new CreateEntry(title, data, newOptions, description, placeholders);
        }

        public CreateEntry withDescription(String text, Map<String, String> newPlaceholders) {
            return new CreateEntry(title, data, options, text, newPlaceholders);
        }

        @Override
        public String toString() {
            return "CreateEntry[" + title + "]";
        }
    }

    /** Ends the flow without an entry. */
    record Abort(String reason, Map<String, String> placeholders) implements FlowResult {}

    /** Changes an entry and ends the flow as an abort, both or neither. */
    record UpdateAndAbort(EntryChange change, String reason, Map<String, String> placeholders) implements FlowResult {}

    /** Sends the person to an address outside; the flow waits for the callback. */
    record ExternalStep(String stepId, String url, Map<String, String> placeholders) implements FlowResult {}

    /** The person came back; the flow goes on with another step. */
    record ExternalDone(String nextStepId) implements FlowResult {}

    /**
     * Shows that something takes its time, and does it: when the task ends, the step runs again and finds its {@link
     * Flow#task() outcome}.
     *
     * @param action a key of translations
     * @param task blocks; runs once more from its beginning after a restart. What it returns is JSON-like, or null
     */
    record ShowProgress(String stepId, String action, Map<String, String> placeholders, Callable<Object> task)
            implements FlowResult {}

    /** What took its time is over; the flow goes on with another step at once. */
    record ProgressDone(String nextStepId) implements FlowResult {}

    /**
     * Lets a person choose which step comes next.
     *
     * @param options labels by id of the step, in order; a label that is null is left to the client's translations
     * @param sort whether clients sort the options by label
     */
    record Menu(String stepId, Map<String, String> options, Map<String, String> placeholders, boolean sort)
            implements FlowResult {

        public Menu {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }

        public Menu withPlaceholders(Map<String, String> newPlaceholders) {
            return new Menu(stepId, options, newPlaceholders, sort);
        }
    }
}
