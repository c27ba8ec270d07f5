package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.AbortReason;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.FieldType;
import dev.latchkey.flow.form.Form;
import dev.latchkey.flow.form.FormJson;
import dev.latchkey.flow.form.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes of results what clients see, key by key as {@code spec/flows.md} 2.2 has it. Pure. */
final class FlowViews {

    static final String NEXT_STEP_ID = "next_step_id";
    static final String RESULT = "result";

    private FlowViews() {}

    /** Returns a result that waits for something; its step is known. */
    static Shown waiting(FlowHeader header, FlowResult result) {
        return switch (result) {
            case FlowResult.ShowForm form -> form(header, form);
            case FlowResult.Menu menu -> menu(header, menu);
            case FlowResult.ExternalStep external -> {
                Map<String, Object> view = view("external", header);
                view.put("step_id", external.stepId());
                view.put("url", external.url());
                view.put("description_placeholders", external.placeholders());
                yield Shown.waiting(Shown.Kind.EXTERNAL, external.stepId(), null, view);
            }
            case FlowResult.ShowProgress progress -> {
                Map<String, Object> view = view("progress", header);
                view.put("step_id", progress.stepId());
                view.put("progress_action", progress.action());
                view.put("description_placeholders", progress.placeholders());
                yield Shown.waiting(Shown.Kind.PROGRESS, progress.stepId(), null, view);
            }
            default -> throw new IllegalArgumentException("nothing is waited for");
        };
    }

    /** Returns the end of a flow without an entry. */
    static Map<String, Object> abort(FlowHeader header, String reason, Map<String, String> placeholders) {
        Map<String, Object> view = view("abort", header);
        view.put("reason", reason);
        view.put("description_placeholders", placeholders);
        return view;
    }

    /** Returns the end of a flow that healed or changed an entry (decision F11). */
    static Map<String, Object> changed(
            FlowHeader header, String reason, Map<String, String> placeholders, String entryId) {
        Map<String, Object> view = abort(header, reason, placeholders);
        view.put("entry_id", entryId);
        return view;
    }

    /** Returns the end of a flow whose domain can have only one entry, and has it; it is said by the manager, not the flow. */
    static Map<String, Object> singleInstance(FlowHeader header) {
        Map<String, Object> view = view("abort", header);
        view.put("reason", AbortReason.SINGLE_INSTANCE_ALLOWED);
        view.put("translation_domain", "homeassistant");
        return view;
    }

    /** Returns the end of a flow with a new entry, which is put in as {@code result} when it was set up. */
    static Map<String, Object> created(FlowHeader header, FlowResult.CreateEntry entry, Integration integration) {
        Map<String, Object> view = view("create_entry", header);
        view.put("title", entry.title());
        view.put("description", entry.description());
        view.put("description_placeholders", entry.placeholders());
        view.put("version", integration.version());
        view.put("minor_version", integration.minorVersion());
        Map<String, Object> options = new LinkedHashMap<>(entry.options());
        options.values().removeIf(Secret.class::isInstance);
        view.put("options", options);
        view.put("subentries", List.of());
        view.put(RESULT, null);
        return view;
    }

    /** Returns the end of a flow with new options. */
    static Map<String, Object> optionsSet(FlowHeader header, FlowResult.CreateEntry entry) {
        Map<String, Object> view = view("create_entry", header);
        view.put("title", entry.title());
        view.put("description", entry.description());
        view.put("description_placeholders", entry.placeholders());
        return view;
    }

    private static Shown form(FlowHeader header, FlowResult.ShowForm form) {
        Map<String, Object> view = view("form", header);
        view.put("step_id", form.stepId());
        view.put("data_schema", FormJson.of(form.form()));
        view.put("errors", form.errors());
        view.put("description_placeholders", form.placeholders());
        view.put("last_step", form.lastStep());
        view.put("preview", form.preview());
        return Shown.waiting(Shown.Kind.FORM, form.stepId(), form.form(), view);
    }

    private static Shown menu(FlowHeader header, FlowResult.Menu menu) {
        boolean labelled = menu.options().values().stream().anyMatch(Objects::nonNull);
        Map<String, String> labels = new LinkedHashMap<>();
        menu.options().forEach((id, label) -> labels.put(id, label == null ? id : label));
        List<List<String>> pairs = new ArrayList<>();
        labels.forEach((id, label) -> pairs.add(List.of(id, label)));
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("name", NEXT_STEP_ID);
        choice.put("type", "select");
        choice.put("options", pairs);
        choice.put("required", false);
        Map<String, Object> view = view("menu", header);
        view.put("step_id", menu.stepId());
        view.put("menu_options", labelled ? labels : List.copyOf(labels.keySet()));
        view.put("description_placeholders", menu.placeholders());
        view.put("data_schema", List.of(choice));
        if (menu.sort()) {
            view.put("sort", true);
        }
        Form form = Form.of(Field.optional(NEXT_STEP_ID, new FieldType.Choice(labels)));
        return Shown.waiting(Shown.Kind.MENU, menu.stepId(), form, view);
    }

    private static Map<String, Object> view(String type, FlowHeader header) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", type);
        view.put("flow_id", header.id());
        view.put("handler", header.handler());
        return view;
    }
}
