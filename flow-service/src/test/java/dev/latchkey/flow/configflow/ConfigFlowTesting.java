package dev.latchkey.flow.configflow;

import dev.latchkey.flow.form.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A flow made of one function, and an entry. */
abstract class ConfigFlowTesting {

    static final EntryData ENTRY = new EntryData(
            "entry-1",
            "test",
            "The entry",
            "user-1",
            Map.of("host", "h", "token", Secret.of("t")),
            Map.of("poll", 60L),
            1,
            1);

    final Context context = new Context();

    static final class TestFlow extends ConfigFlow {

        private final Function<TestFlow, FlowResult> body;

        TestFlow(Function<TestFlow, FlowResult> body) {
            this.body = body;
        }

        @Override
        protected void define(Steps steps) {
            steps.add("user", input -> body.apply(this));
        }
    }

    /** What the engine would give, in memory. */
    static final class Context implements FlowContext {

        final ArrayList<EntryData> known = new ArrayList<>();
        final Map<String, Object> memory = new HashMap<>();
        final Map<String, String> titlePlaceholders = new LinkedHashMap<>();
        FlowSource source = FlowSource.USER;
        String entryId;
        String uniqueId;
        boolean ignored;

        FlowResult run(Function<TestFlow, FlowResult> body) {
            TestFlow flow = new TestFlow(body);
            flow.enter(this);
            try {
                return flow.run("user", null);
            } catch (AbortFlow e) {
                return e.result();
            }
        }

        @Override
        public String flowId() {
            return "flow-1";
        }

        @Override
        public String domain() {
            return "test";
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
            return titlePlaceholders;
        }

        @Override
        public TaskOutcome task() {
            return null;
        }

        @Override
        public Callback callback() {
            return new Callback("https://example.com/callback", "state");
        }

        @Override
        public Optional<KnownEntry> takeUniqueId(String newId, boolean onlyOne) {
            uniqueId = newId;
            return newId == null ? Optional.empty() : entryWithUniqueId(newId);
        }

        @Override
        public Optional<KnownEntry> entry(String id) {
            return entries().stream()
                    .filter(entry -> entry.data().entryId().equals(id))
                    .findFirst();
        }

        @Override
        public Optional<KnownEntry> entryWithUniqueId(String wanted) {
            return entries().stream()
                    .filter(entry -> wanted.equals(entry.data().uniqueId()))
                    .findFirst();
        }

        @Override
        public List<KnownEntry> entries() {
            return known.stream().map(entry -> new KnownEntry(entry, ignored)).toList();
        }
    }
}
