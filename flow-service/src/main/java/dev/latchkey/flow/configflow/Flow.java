package dev.latchkey.flow.configflow;

import dev.latchkey.flow.form.Form;
import dev.latchkey.flow.form.FormInput;
import dev.latchkey.flow.form.RecordForm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A walk through forms: one method for each step. An instance serves one run of a step and is then forgotten; what has to last
 * until the next step is {@link #remember remembered}, and survives a restart.
 */
public abstract class Flow {

    private Map<String, Step> steps;
    private FlowContext context;

    /** Names the steps, once. */
    protected abstract void define(Steps steps);

    /** Tells whether there is a step. */
    public final boolean has(String stepId) {
        return steps().containsKey(stepId);
    }

    /**
     * Makes sure that there is a step.
     *
     * @throws UnknownStepException when there is none
     */
    public final void require(String stepId) {
        step(stepId);
    }

    /** Returns the ids of all steps. */
    public final Set<String> stepIds() {
        return steps().keySet();
    }

    /** Gives the flow what it works on; for the engine. */
    public final void enter(FlowContext newContext) {
        context = newContext;
    }

    /**
     * Checks an input of a step beyond its form: the constraints of the step's record.
     *
     * @throws UnknownStepException when there is no such step
     */
    public final FormInput check(String stepId, Map<String, Object> input) {
        return step(stepId).check(input);
    }

    /**
     * Runs a step; for the engine, which gives it a context before.
     *
     * @param input what its form accepted; null to show the step
     * @throws UnknownStepException when there is no such step
     * @throws AbortFlow when the step aborts
     */
    public final FlowResult run(String stepId, Map<String, Object> input) {
        return adjust(step(stepId).run(input));
    }

    /** Has the last word on what a step ended with. */
    FlowResult adjust(FlowResult result) {
        return result;
    }

    /** Returns what the engine gave; for the flow's own use there are simpler methods. */
    protected final FlowContext context() {
        if (context == null) {
            throw new IllegalStateException("a flow has a context only while one of its steps runs");
        }
        return context;
    }

    /** Returns why the flow was started. */
    protected final FlowSource source() {
        return context().source();
    }

    /** Keeps a value for later steps: a text, number, truth value, secret, or list or map of these; null forgets it. */
    protected final void remember(String name, Object value) {
        if (value == null) {
            context().memory().remove(name);
        } else {
            context().memory().put(name, value);
        }
    }

    /**
     * Returns a value that an earlier step kept; null when there is none. Whole numbers come back as {@code Long}.
     *
     * @throws ClassCastException when it is of another type
     */
    protected final <T> T recall(String name, Class<T> type) {
        return type.cast(context().memory().get(name));
    }

    /** Returns how the task of this progress step ended; null when it has not run yet. */
    protected final TaskOutcome task() {
        return context().task();
    }

    /** Returns the address for the external page of this step to send the browser back to. */
    protected final FlowContext.Callback callback() {
        return context().callback();
    }

    /** Shows a form; what is entered goes to the step named. */
    protected final FlowResult.ShowForm form(String stepId, Form form) {
        return new FlowResult.ShowForm(stepId, form, null, null, null, null);
    }

    /** Shows the form that a record describes; what is entered goes to the step named. */
    protected final FlowResult.ShowForm form(String stepId, Class<? extends Record> input) {
        return form(stepId, RecordForm.of(input).form());
    }

    /** Ends the flow with a new entry. */
    protected final FlowResult.CreateEntry createEntry(String title, Map<String, Object> data) {
        return new FlowResult.CreateEntry(title, data, null, null, null);
    }

    /** Ends the flow with a new entry that has the values of a record. */
    protected final FlowResult.CreateEntry createEntry(String title, Record data) {
        return createEntry(title, RecordForm.values(data));
    }

    /** Ends the flow without an entry. */
    protected final FlowResult abort(String reason) {
        return new FlowResult.Abort(reason, null);
    }

    /** Ends the flow without an entry, with values for the sentence that clients make of the reason. */
    protected final FlowResult abort(String reason, Map<String, String> placeholders) {
        return new FlowResult.Abort(reason, placeholders);
    }

    /** Sends the person to an address outside; what comes back goes to the step named. */
    protected final FlowResult externalStep(String stepId, String url) {
        return new FlowResult.ExternalStep(stepId, url, null);
    }

    /** Goes on with another step after an external one. */
    protected final FlowResult externalStepDone(String nextStepId) {
        return new FlowResult.ExternalDone(nextStepId);
    }

    /** Shows that something takes its time, and does it; the step named runs again when it has ended. */
    protected final FlowResult showProgress(String stepId, String action, Callable<Object> task) {
        return new FlowResult.ShowProgress(stepId, action, null, task);
    }

    /** Goes on with another step after a progress step. */
    protected final FlowResult progressDone(String nextStepId) {
        return new FlowResult.ProgressDone(nextStepId);
    }

    /** Lets the person choose the next step, whose names are left to the client's translations. */
    protected final FlowResult.Menu menu(String stepId, String... nextStepIds) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String next : nextStepIds) {
            options.put(next, null);
        }
        return menu(stepId, options);
    }

    /** Lets the person choose the next step: labels by id of the step, in order. */
    protected final FlowResult.Menu menu(String stepId, Map<String, String> options) {
        return new FlowResult.Menu(stepId, options, null, false);
    }

    private Map<String, Step> steps() {
        if (steps == null) {
            Steps defined = new Steps();
            define(defined);
            steps = defined.byId();
        }
        return steps;
    }

    private Step step(String stepId) {
        Step step = steps().get(stepId);
        if (step == null) {
            throw new UnknownStepException(getClass(), stepId);
        }
        return step;
    }
}
