package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.Flow;
import dev.latchkey.flow.configflow.FlowResult;

/** What may follow on what ({@code spec/flows.md} 2.5). Pure. */
final class Transitions {

    private Transitions() {}

    /**
     * Checks a result against the one before it: from outside a flow comes back by {@code externalStepDone}, from a task by {@code
     * progressDone}, unless it aborts.
     *
     * @param before null when nothing was waited for
     * @throws IllegalStateException when it may not follow
     */
    static void check(Shown.Kind before, FlowResult result) {
        if (result instanceof FlowResult.Abort) {
            return;
        }
        if (before == Shown.Kind.EXTERNAL
                && !(result instanceof FlowResult.ExternalStep || result instanceof FlowResult.ExternalDone)) {
            throw new IllegalStateException(
                    "External step can only transition to external step or external step done.");
        }
        if (before == Shown.Kind.PROGRESS
                && !(result instanceof FlowResult.ShowProgress || result instanceof FlowResult.ProgressDone)) {
            throw new IllegalStateException(
                    "Show progress can only transition to show progress or show progress done.");
        }
    }

    /**
     * Returns a result with the id of the step that its input goes to.
     *
     * @param ran the step that ran
     * @throws dev.latchkey.flow.configflow.UnknownStepException when that step is not there
     */
    static FlowResult settle(Flow flow, String ran, FlowResult result) {
        return switch (result) {
            case FlowResult.ShowForm form -> {
                String id = known(flow, form.stepId(), ran);
                yield new FlowResult.ShowForm(
                        id, form.form(), form.errors(), form.placeholders(), form.lastStep(), form.preview());
            }
            case FlowResult.ExternalStep external ->
                new FlowResult.ExternalStep(
                        known(flow, external.stepId(), ran), external.url(), external.placeholders());
            case FlowResult.ShowProgress progress ->
                new FlowResult.ShowProgress(
                        known(flow, progress.stepId(), ran),
                        progress.action(),
                        progress.placeholders(),
                        progress.task());
            case FlowResult.Menu menu -> {
                menu.options().keySet().forEach(flow::require);
                yield new FlowResult.Menu(
                        known(flow, menu.stepId(), ran), menu.options(), menu.placeholders(), menu.sort());
            }
            default -> result;
        };
    }

    private static String known(Flow flow, String named, String ran) {
        String id = named == null ? ran : named;
        flow.require(id);
        return id;
    }
}
