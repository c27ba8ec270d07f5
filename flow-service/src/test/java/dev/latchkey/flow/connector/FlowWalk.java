package dev.latchkey.flow.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.configflow.AbortFlow;
import dev.latchkey.flow.configflow.EntryChange;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.Flow;
import dev.latchkey.flow.configflow.FlowContext;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.KnownEntry;
import dev.latchkey.flow.configflow.OptionsFlow;
import dev.latchkey.flow.configflow.TaskOutcome;
import dev.latchkey.flow.form.FormInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks through the flows of one integration without an engine: entries are in a list, and a flow is one object. */
public final class FlowWalk implements FlowContext {

    private final Integration integration;
    private final List<EntryData> entries = new ArrayList<>();
    private final Map<String, Object> memory = new LinkedHashMap<>();
    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private FlowSource source;
    private String entryId;
    private String uniqueId;
    private FlowResult last;

    public FlowWalk(Integration integration) {
        this.integration = integration;
    }

    /** The only entry. */
    public EntryData entry() {
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    public List<EntryData> all() {
        return entries;
    }

    public FlowResult user() {
        return start(FlowSource.USER, null, null);
    }

    public FlowResult reauth() {
        return start(FlowSource.REAUTH, entry().entryId(), entry().data());
    }

    public FlowResult reconfigure() {
        return start(FlowSource.RECONFIGURE, entry().entryId(), null);
    }

    public FlowResult options() {
        entryId = entry().entryId();
        return run(integration.newOptionsFlow().orElseThrow(), OptionsFlow.INIT, null);
    }

    /** Submits what a person entered, as JSON has it, to the form that was shown last. */
    public FlowResult submit(Map<String, Object> input) {
        FlowResult.ShowForm form = (FlowResult.ShowForm) last;
        FormInput checked = form.form().check(input);
        assertThat(checked).isInstanceOf(FormInput.Accepted.class);
        Map<String, Object> values = ((FormInput.Accepted) checked).values();
        boolean options = form.stepId().equals(OptionsFlow.INIT);
        Flow flow = options ? integration.newOptionsFlow().orElseThrow() : integration.newConfigFlow();
        assertThat(flow.check(form.stepId(), values)).isInstanceOf(FormInput.Accepted.class);
        return run(flow, form.stepId(), values);
    }

    private FlowResult start(FlowSource why, String entry, Map<String, Object> input) {
        source = why;
        entryId = entry;
        uniqueId = null;
        return run(integration.newConfigFlow(), why.id(), input);
    }

    private FlowResult run(Flow flow, String step, Map<String, Object> input) {
        flow.enter(this);
        try {
            last = flow.run(step, input);
        } catch (AbortFlow e) {
            last = e.result();
        }
        switch (last) {
            case FlowResult.CreateEntry made
            when step.equals(OptionsFlow.INIT) -> change(EntryChange.of(entryId).withOptions(made.data()));
            case FlowResult.CreateEntry made ->
                entries.add(new EntryData(
                        "entry-" + entries.size(),
                        integration.domain(),
                        made.title(),
                        uniqueId,
                        made.data(),
                        made.options(),
                        integration.version(),
                        integration.minorVersion()));
            case FlowResult.UpdateAndAbort update -> change(update.change());
            default -> {}
        }
        return last;
    }

    private void change(EntryChange change) {
        entries.replaceAll(old -> {
            if (!old.entryId().equals(change.entryId())) {
                return old;
            }
            Map<String, Object> data = new LinkedHashMap<>(change.data() == null ? old.data() : change.data());
            if (change.dataUpdates() != null) {
                data.putAll(change.dataUpdates());
            }
            return new EntryData(
                    old.entryId(),
                    old.domain(),
                    change.title() == null ? old.title() : change.title(),
                    change.uniqueId() == null ? old.uniqueId() : change.uniqueId(),
                    data,
                    change.options() == null ? old.options() : change.options(),
                    old.version(),
                    old.minorVersion());
        });
    }

    @Override
    public String flowId() {
        return "flow";
    }

    @Override
    public String domain() {
        return integration.domain();
    }

    @Override
    public FlowSource source() {
        return source;
    }

    @Override
    public String entryId() {
        return entryId;
    }

    @Override
    public String uniqueId() {
        return uniqueId;
    }

    @Override
    public boolean showAdvancedOptions() {
        return false;
    }

    @Override
    public Map<String, Object> memory() {
        return memory;
    }

    @Override
    public Map<String, String> titlePlaceholders() {
        return placeholders;
    }

    @Override
    public TaskOutcome task() {
        return null;
    }

    @Override
    public Callback callback() {
        throw new UnsupportedOperationException("no flow here goes outside");
    }

    @Override
    public Optional<KnownEntry> takeUniqueId(String id, boolean onlyOne) {
        uniqueId = id;
        return id == null ? Optional.empty() : entryWithUniqueId(id);
    }

    @Override
    public Optional<KnownEntry> entry(String id) {
        return entries().stream()
                .filter(known -> known.data().entryId().equals(id))
                .findFirst();
    }

    @Override
    public Optional<KnownEntry> entryWithUniqueId(String id) {
        return entries().stream()
                .filter(known -> id.equals(known.data().uniqueId()))
                .findFirst();
    }

    @Override
    public List<KnownEntry> entries() {
        return entries.stream().map(entry -> new KnownEntry(entry, false)).toList();
    }
}
