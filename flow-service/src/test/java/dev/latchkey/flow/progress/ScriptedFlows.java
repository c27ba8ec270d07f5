package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.AbortFlow;
import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryChange;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.IntegrationProvider;
import dev.latchkey.flow.configflow.OptionsFlow;
import dev.latchkey.flow.configflow.Steps;
import dev.latchkey.flow.configflow.TaskOutcome;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.FieldType;
import dev.latchkey.flow.form.Form;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/**
 * The scripted provider of the conformance cases ({@code spec/flows.md} 5). What a step does beyond its script a test says with
 * {@link #onStep}.
 */
@Singleton
class ScriptedFlows implements IntegrationProvider {

    /** What a test has a step do first, by domain; gets the id of the flow. */
    private static final Map<String, StepHook> HOOKS = new ConcurrentHashMap<>();

    /** The tasks of {@code t_prog}, run one after the other. */
    static final ConcurrentLinkedQueue<Callable<Object>> TASKS = new ConcurrentLinkedQueue<>();

    private static final Field TEXT = Field.required("unused", new FieldType.Text());

    private final Map<String, Integration> byDomain = new LinkedHashMap<>();

    ScriptedFlows() {
        add(ScriptedIntegration.of(
                "t_form",
                () -> new Script()
                        .with(
                                "user",
                                (flow, input) -> input == null ? flow.userForm() : flow.create("Test Entry", input))));
        add(ScriptedIntegration.of("t_abort", () -> new Script().with("user", (flow, input) -> flow.end("bla"))));
        add(ScriptedIntegration.of(
                "t_create",
                () -> new Script()
                        .with("user", (flow, input) -> flow.create("Test Entry", Map.of("secret", "account_token")))));
        add(ScriptedIntegration.of(
                "t_two",
                () -> new Script()
                        .with("user", (flow, input) -> flow.ask("account", text("user_title")))
                        .with("account", (flow, input) -> flow.create((String) input.get("user_title"), Map.of()))));
        add(ScriptedIntegration.of(
                "t_geo",
                () -> new Script()
                        .with(
                                "user",
                                (flow, input) -> input == null
                                        ? flow.ask(
                                                "user",
                                                Field.required("latitude", new FieldType.Decimal()),
                                                Field.required("longitude", new FieldType.Decimal()),
                                                Field.required("radius", new FieldType.Whole(5L, null)))
                                        : flow.create("Place", input))));
        add(ScriptedIntegration.of(
                "t_section",
                () -> new Script()
                        .with(
                                "user",
                                (flow, input) -> input == null
                                        ? flow.ask(
                                                "user",
                                                Field.required(
                                                        "ssl_options",
                                                        new FieldType.Section(
                                                                Form.of(Field.required("verify", new FieldType.Flag())),
                                                                true)))
                                        : flow.create("Section", input))));
        add(ScriptedIntegration.of(
                "t_free",
                () -> new Script()
                        .with("user", (flow, input) -> input == null ? flow.ask("user") : flow.create("Free", input))));
        add(ScriptedIntegration.of("t_nothing", Script::new));
        add(ScriptedIntegration.of(
                "t_reconf",
                () -> new Script()
                        .with("user", (flow, input) -> flow.create("Reconfigurable", Map.of("a", 1L)))
                        .with(
                                "reconfigure",
                                (flow, input) ->
                                        input == null ? flow.ask("reconfigure") : flow.reconfigured(Map.of("a", 2L)))));
        add(ScriptedIntegration.of("t_auth", AccountFlow::new).withTrial(Set.of("api_token"), FakeAccounts::setUp));
        add(ScriptedIntegration.of(
                "t_ext",
                () -> new Script()
                        .with(
                                "user",
                                (flow, input) -> input == null ? flow.outside("user") : flow.backFromOutside(input))
                        .with("finish", (flow, input) -> flow.finishOutside())
                        .with("rejected", (flow, input) -> flow.end("user_rejected_authorize", "error"))));
        add(ScriptedIntegration.of(
                "t_ext_wrong",
                () -> new Script()
                        .with("user", (flow, input) -> input == null ? flow.outside("user") : flow.ask("user"))));
        add(ScriptedIntegration.of(
                "t_prog",
                () -> new Script()
                        .with("user", (flow, input) -> flow.progress())
                        .with("finish", (flow, input) -> flow.create("Found", Map.of("found", flow.kept("found"))))
                        .with("failed", (flow, input) -> flow.end("error"))));
        add(ScriptedIntegration.of(
                "t_menu",
                () -> new Script()
                        .with("user", (flow, input) -> flow.choice("target1", "target2"))
                        .with("target1", (flow, input) -> flow.ask("target1", text("one")))
                        .with("target2", (flow, input) -> flow.end("two"))));
        add(ScriptedIntegration.of(
                "t_menu_map",
                () -> new Script()
                        .with(
                                "user",
                                (flow, input) -> flow.choice(labels("target1", "Target 1", "target2", "Target 2")))
                        .with("target1", (flow, input) -> flow.ask("target1"))
                        .with("target2", (flow, input) -> flow.end("two"))));
        add(ScriptedIntegration.of(
                "t_uid",
                () -> new Script().with("user", (flow, input) -> {
                    flow.identify("mock-unique-id", true);
                    flow.abortIfConfigured();
                    return input == null ? flow.ask("user") : flow.create("Unique", input);
                })));
        add(ScriptedIntegration.of(
                "t_shared",
                () -> new Script().with("user", (flow, input) -> {
                    flow.identify("mock-unique-id", false);
                    return input == null ? flow.ask("user") : flow.create("Shared", input);
                })));
        add(ScriptedIntegration.of(
                        "t_single",
                        () -> new Script()
                                .with(
                                        "user",
                                        (flow, input) ->
                                                input == null ? flow.ask("user") : flow.create("One", Map.of()))
                                .with("reauth", (flow, input) -> flow.ask("reauth"))
                                .with("reconfigure", (flow, input) -> flow.ask("reconfigure")))
                .asSingle());
        add(ScriptedIntegration.of(
                "t_boom",
                () -> new Script().with("user", (flow, input) -> {
                    if (input == null && HOOKS.containsKey("t_boom")) {
                        return flow.ask("user");
                    }
                    flow.identify("boom", true);
                    throw new IllegalStateException("boom");
                })));
        add(ScriptedIntegration.of("t_badstep", () -> new Script().with("user", (flow, input) -> flow.ask("nowhere"))));
        add(ScriptedIntegration.of(
                "t_preview",
                () -> new Script()
                        .with(
                                "user",
                                (flow, input) ->
                                        flow.askForm("user").withPreview("test").asLastStep(true))));
        add(ScriptedIntegration.of(
                        "t_opts",
                        () -> new Script().with("user", (flow, input) -> flow.create("With options", Map.of())))
                .withOptions(() -> new OptionsScript("finish", Field.required("enabled", new FieldType.Flag()))));
        add(ScriptedIntegration.of(
                        "t_multi", () -> new Script().with("user", (flow, input) -> flow.create("Several", Map.of())))
                .withOptions(() -> new OptionsScript(
                        "init",
                        Field.required("choices", new FieldType.MultiSelect(labels("valid", "Valid")))
                                .withDefault(List.of("invalid", "valid")))));
        add(ScriptedIntegration.of(
                        "t_opts_none",
                        () -> new Script().with("user", (flow, input) -> flow.create("Unchanged", Map.of())))
                .withOptions(() -> new OptionsScript(null)));
    }

    @Override
    public Collection<Integration> integrations() {
        return byDomain.values();
    }

    /** What a test has a step do before its script. */
    interface StepHook {
        void before(String flowId, String step, boolean withInput) throws Exception;
    }

    /** Has every step of a domain do something first. Taken back with null. */
    static void onStep(String domain, StepHook hook) {
        if (hook == null) {
            HOOKS.remove(domain);
        } else {
            HOOKS.put(domain, hook);
        }
    }

    private void add(Integration integration) {
        byDomain.put(integration.domain(), integration);
    }

    private static Field text(String name) {
        return Field.required(name, new FieldType.Text());
    }

    private static Map<String, String> labels(String... pairs) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return labels;
    }

    /** A flow made of functions. */
    static final class Script extends ConfigFlow {

        private final Map<String, BiFunction<Script, Map<String, Object>, FlowResult>> bodies = new LinkedHashMap<>();

        Script with(String step, BiFunction<Script, Map<String, Object>, FlowResult> body) {
            bodies.put(step, body);
            return this;
        }

        @Override
        protected void define(Steps steps) {
            bodies.forEach((id, body) -> steps.add(id, input -> {
                StepHook hook = HOOKS.get(context().domain());
                if (hook != null) {
                    try {
                        hook.before(context().flowId(), id, input != null);
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
                return body.apply(this, input);
            }));
        }

        FlowResult userForm() {
            return form("user", Form.of(text("username"), text("password")))
                    .withErrors(Map.of("username", "Should be unique."))
                    .withPlaceholders(Map.of("url", "https://example.com"));
        }

        FlowResult create(String title, Map<String, Object> data) {
            return createEntry(title, data);
        }

        FlowResult end(String reason) {
            return abort(reason);
        }

        FlowResult end(String reason, String remembered) {
            throw new AbortFlow(reason, Map.of(remembered, recall(remembered, String.class)));
        }

        FlowResult ask(String step, Field... fields) {
            return form(step, Form.of(fields));
        }

        FlowResult.ShowForm askForm(String step) {
            return form(step, Form.of(TEXT));
        }

        FlowResult reconfigured(Map<String, Object> updates) {
            return updateAndAbort(EntryChange.of(reconfigureEntry().entryId()).withDataUpdates(updates), null);
        }

        FlowResult outside(String step) {
            return externalStep(step, callback().url() + "?state=" + callback().state());
        }

        FlowResult backFromOutside(Map<String, Object> input) {
            if (input.containsKey("error")) {
                remember("error", input.get("error"));
                return externalStepDone("rejected");
            }
            remember("code", input.get("code"));
            return externalStepDone("finish");
        }

        FlowResult finishOutside() {
            return createEntry("External", Map.of("code", recall("code", String.class)));
        }

        FlowResult progress() {
            return switch (task()) {
                case null -> {
                    Callable<Object> task = TASKS.poll();
                    yield showProgress("user", "search", task);
                }
                case TaskOutcome.Done(Object value) -> {
                    remember("found", value);
                    yield progressDone("finish");
                }
                case TaskOutcome.Failed failed -> progressDone("failed");
            };
        }

        Object kept(String name) {
            return recall(name, Object.class);
        }

        FlowResult choice(String... steps) {
            return menu("user", steps).withPlaceholders(Map.of("name", "Arthur Dent"));
        }

        FlowResult choice(Map<String, String> options) {
            return menu("user", options);
        }

        void identify(String uniqueId, boolean onlyOne) {
            setUniqueId(uniqueId, onlyOne);
        }

        void abortIfConfigured() {
            abortIfUniqueIdConfigured();
        }
    }

    /** An options flow of one form; without a step for its input, one that changes nothing. */
    private static final class OptionsScript extends OptionsFlow {

        private final String step;
        private final Form form;

        OptionsScript(String step, Field... fields) {
            this.step = step;
            this.form = Form.of(fields);
        }

        @Override
        protected void define(Steps steps) {
            steps.add(INIT, input -> {
                if (step == null) {
                    return createEntry("", (Map<String, Object>) null);
                }
                return input == null ? form(step, form) : createEntry("", input);
            });
            if (step != null && !INIT.equals(step)) {
                steps.add(step, input -> createEntry("Enable disable", input));
            }
        }
    }
}
