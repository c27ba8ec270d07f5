package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.FlowContext;
import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.configflow.KnownEntry;
import dev.latchkey.flow.configflow.TaskOutcome;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.form.Masking;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.platform.secret.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One flow in the hands of one run: what its steps see and change, kept when the run ends well. For one thread at a time. */
final class FlowRun implements FlowContext {

    /** What every run works with. */
    record Surroundings(Entries entries, UniqueIds uniqueIds, Supplier<String> replica, String callbackUrl) {}

    private final Surroundings surroundings;
    private final String runId;
    private final FlowHeader header;
    private final Map<String, Object> memory;
    private final Map<String, String> titlePlaceholders;
    private final boolean showAdvancedOptions;
    private final Shown before;
    private final boolean unattended;
    private final TaskOutcome task;
    private String uniqueId;
    private Callback callback;

    private FlowRun(
            Surroundings surroundings,
            FlowHeader header,
            FlowState state,
            String uniqueId,
            Map<String, String> titlePlaceholders,
            boolean unattended,
            TaskOutcome task) {
        this.surroundings = surroundings;
        this.runId = surroundings.replica().get() + "/" + Secrets.randomId();
        this.header = header;
        this.memory = new LinkedHashMap<>(state.memory());
        this.titlePlaceholders = new LinkedHashMap<>(titlePlaceholders);
        this.showAdvancedOptions = state.showAdvancedOptions();
        this.before = state.shown();
        this.uniqueId = uniqueId;
        this.unattended = unattended;
        this.task = task;
    }

    /** Begins a flow. */
    static FlowRun first(
            Surroundings surroundings,
            FlowHeader header,
            String uniqueId,
            Map<String, String> titlePlaceholders,
            boolean showAdvancedOptions) {
        FlowState nothing = new FlowState(Map.of(), showAdvancedOptions, null);
        return new FlowRun(surroundings, header, nothing, uniqueId, titlePlaceholders, false, null);
    }

    /** Goes on with a flow for its client, who gets the result. */
    static FlowRun attended(Surroundings surroundings, OpenFlow flow) {
        return next(surroundings, flow, false, null);
    }

    /**
     * Goes on with a flow while no client waits for the result.
     *
     * @param task how the task that the flow waited for has ended; null when it did not wait for one, or it has to run again
     */
    static FlowRun unattended(Surroundings surroundings, OpenFlow flow, TaskOutcome task) {
        return next(surroundings, flow, true, task);
    }

    private static FlowRun next(Surroundings surroundings, OpenFlow flow, boolean unattended, TaskOutcome task) {
        return new FlowRun(
                surroundings, flow.header(), flow.state(), flow.uniqueId(), flow.titlePlaceholders(), unattended, task);
    }

    FlowHeader header() {
        return header;
    }

    /** Returns an id that begins with that of the replica which runs it. */
    String runId() {
        return runId;
    }

    boolean isFirst() {
        return before == null;
    }

    /** Returns the result before this run; null in the first. */
    Shown before() {
        return before;
    }

    boolean unattended() {
        return unattended;
    }

    /** Tells whether a unique id that this flow sets is its own: a re-authentication keeps nobody else from it. */
    boolean holdsUniqueId() {
        return header.source() == FlowSource.USER || header.source() == FlowSource.RECONFIGURE;
    }

    /** Returns what takes out of a text the secrets that a step with this input knows. Of what comes from outside, all is secret. */
    Masking masking(Map<String, Object> input) {
        boolean fromOutside = before != null && before.kind() == Shown.Kind.EXTERNAL && input != null;
        List<Secret> answer = fromOutside
                ? input.values().stream().map(String::valueOf).map(Secret::of).toList()
                : List.of();
        EntryData entry = header.entryId() == null
                ? null
                : surroundings.entries().find(header.entryId()).map(Entry::data).orElse(null);
        return Masking.of(
                input, answer, memory, entry == null ? null : entry.data(), entry == null ? null : entry.options());
    }

    FlowState state(Shown shown) {
        return new FlowState(memory, showAdvancedOptions, shown);
    }

    String contextJson() {
        return ContextJson.write(header, uniqueId, titlePlaceholders, showAdvancedOptions);
    }

    /** Returns the digest of the state that an external page passes back; null when no step asked for a callback. */
    byte[] callbackHash() {
        return callback == null ? null : Secrets.sha256(callback.state());
    }

    @Override
    public String flowId() {
        return header.id();
    }

    @Override
    public String domain() {
        return header.domain();
    }

    @Override
    public FlowSource source() {
        return header.source();
    }

    @Override
    public String entryId() {
        return header.entryId();
    }

    @Override
    public String uniqueId() {
        return uniqueId;
    }

    @Override
    public boolean showAdvancedOptions() {
        return showAdvancedOptions;
    }

    @Override
    public Map<String, Object> memory() {
        return memory;
    }

    @Override
    public Map<String, String> titlePlaceholders() {
        return titlePlaceholders;
    }

    @Override
    public TaskOutcome task() {
        return task;
    }

    @Override
    public Callback callback() {
        if (callback == null) {
            callback = new Callback(surroundings.callbackUrl(), Secrets.random());
        }
        return callback;
    }

    @Override
    public Optional<KnownEntry> takeUniqueId(String newId, boolean onlyOne) {
        if (newId == null) {
            surroundings.uniqueIds().giveBack(this);
            uniqueId = null;
            return Optional.empty();
        }
        surroundings.uniqueIds().take(this, newId, onlyOne);
        uniqueId = newId;
        return entryWithUniqueId(newId);
    }

    @Override
    public Optional<KnownEntry> entry(String entryId) {
        return surroundings
                .entries()
                .find(entryId)
                .filter(entry -> entry.domain().equals(header.domain()))
                .map(FlowRun::known);
    }

    @Override
    public Optional<KnownEntry> entryWithUniqueId(String wanted) {
        return surroundings.entries().findByUniqueId(header.domain(), wanted).map(FlowRun::known);
    }

    @Override
    public List<KnownEntry> entries() {
        return surroundings.entries().ofDomain(header.domain()).stream()
                .map(FlowRun::known)
                .toList();
    }

    private static KnownEntry known(Entry entry) {
        return new KnownEntry(entry.data(), entry.ignored());
    }
}
