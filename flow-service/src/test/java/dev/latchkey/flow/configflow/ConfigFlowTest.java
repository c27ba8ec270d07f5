package dev.latchkey.flow.configflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.flow.configflow.EntryChange.Reload;
import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.Form;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.flow.form.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The helpers of {@code spec/flows.md} 3, one rule at a time. */
class ConfigFlowTest {

    private static final EntryData ENTRY = new EntryData(
            "entry-1",
            "test",
            "The entry",
            "user-1",
            Map.of("host", "h", "token", Secret.of("t")),
            Map.of("poll", 60L),
            1,
            1);

    private final Context context = new Context();

    @Test
    void aFlowWithoutAUniqueIdIsNotConfigured() {
        context.known.add(ENTRY);

        assertThat(context.run(flow -> {
                    flow.abortIfUniqueIdConfigured();
                    return flow.abort("went on");
                }))
                .isEqualTo(new FlowResult.Abort("went on", null));
    }

    @Test
    void aConfiguredUniqueIdAborts() {
        context.known.add(ENTRY);
        context.uniqueId = "user-1";

        assertThat(context.run(flow -> {
                    flow.abortIfUniqueIdConfigured();
                    return flow.abort("went on");
                }))
                .isEqualTo(new FlowResult.Abort("already_configured", null));
    }

    @ParameterizedTest
    @CsvSource({"true, IF_CHANGED_AND_ACTIVE", "false, NEVER"})
    void whatWasLearnedOfAConfiguredEntryIsKept(boolean reloadOnUpdate, Reload reload) {
        context.known.add(ENTRY);
        context.uniqueId = "user-1";

        FlowResult result = context.run(flow -> {
            flow.abortIfUniqueIdConfigured(Map.of("host", "new"), reloadOnUpdate, "known", Map.of("a", "b"));
            return null;
        });

        assertThat(result)
                .isEqualTo(new FlowResult.UpdateAndAbort(
                        EntryChange.of("entry-1")
                                .withDataUpdates(Map.of("host", "new"))
                                .withReload(reload),
                        "known",
                        Map.of("a", "b")));
    }

    @Test
    void anIgnoredEntryKeepsNobodyFromAddingIt() {
        context.known.add(ENTRY);
        context.ignored = true;
        context.uniqueId = "user-1";

        assertThat(context.run(flow -> {
                    flow.abortIfUniqueIdConfigured();
                    return flow.abort("went on");
                }))
                .isEqualTo(new FlowResult.Abort("went on", null));
    }

    static Stream<Arguments> uniqueIdsOfEntryAndFlow() {
        return Stream.of(
                Arguments.of("user-1", "user-1", true),
                Arguments.of("user-1", "user-2", false),
                Arguments.of("user-1", null, false),
                Arguments.of(null, "user-1", false),
                Arguments.of(null, null, true));
    }

    @ParameterizedTest
    @MethodSource("uniqueIdsOfEntryAndFlow")
    void whoeverHealsOrChangesAnEntryMustBeItsAccount(String ofEntry, String ofFlow, boolean goesOn) {
        context.known.add(new EntryData("entry-1", "test", "T", ofEntry, Map.of(), Map.of(), 1, 1));
        context.entryId = "entry-1";
        context.uniqueId = ofFlow;
        for (FlowSource source : List.of(FlowSource.REAUTH, FlowSource.RECONFIGURE)) {
            context.source = source;

            assertThat(context.run(flow -> {
                        flow.abortIfUniqueIdMismatch("wrong_account");
                        return flow.abort("went on");
                    }))
                    .isEqualTo(new FlowResult.Abort(goesOn ? "went on" : "wrong_account", null));
        }
    }

    @Test
    void aMismatchIsNoMatterWhenAnEntryIsAdded() {
        context.uniqueId = "user-1";

        assertThat(context.run(flow -> {
                    flow.abortIfUniqueIdMismatch();
                    return flow.abort("went on");
                }))
                .isEqualTo(new FlowResult.Abort("went on", null));
    }

    static Stream<Arguments> matches() {
        return Stream.of(
                Arguments.of(Map.of("host", "h"), false, false, true),
                Arguments.of(Map.of("poll", 60L), false, false, true),
                Arguments.of(Map.of(), false, false, true),
                Arguments.of(Map.of("host", "other"), false, false, false),
                Arguments.of(Map.of("host", "h", "poll", 60L), false, false, false),
                Arguments.of(Map.of("host", "h"), true, false, false),
                Arguments.of(Map.of("host", "h"), false, true, false));
    }

    @ParameterizedTest
    @MethodSource("matches")
    void anEntryWithTheSameValuesAborts(Map<String, Object> match, boolean ignored, boolean ownEntry, boolean aborts) {
        context.known.add(ENTRY);
        context.ignored = ignored;
        context.source = ownEntry ? FlowSource.RECONFIGURE : FlowSource.USER;
        context.entryId = ownEntry ? "entry-1" : null;

        assertThat(context.run(flow -> {
                    flow.abortEntriesMatch(match);
                    return flow.abort("went on");
                }))
                .isEqualTo(new FlowResult.Abort(aborts ? "already_configured" : "went on", null));
    }

    @Test
    void anEntryIsHadByTheFlowThatIsAboutIt() {
        context.known.add(ENTRY);
        context.entryId = "entry-1";
        context.source = FlowSource.USER;

        assertThatThrownBy(() -> context.run(flow -> flow.updateReloadAndAbort(flow.reauthEntry(), Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Source is user, expected reauth");
        assertThatThrownBy(() -> context.run(flow -> flow.updateReloadAndAbort(flow.reconfigureEntry(), Map.of())))
                .hasMessage("Source is user, expected reconfigure");
    }

    @Test
    void anEntryThatWasRemovedEndsItsFlow() {
        context.entryId = "entry-1";
        context.source = FlowSource.REAUTH;

        assertThat(context.run(flow -> flow.updateReloadAndAbort(flow.reauthEntry(), Map.of())))
                .isEqualTo(new FlowResult.Abort("entry_not_found", null));
    }

    @ParameterizedTest
    @EnumSource(FlowSource.class)
    void anEndThatChangesAnEntrySaysWhatTheFlowWas(FlowSource source) {
        context.known.add(ENTRY);
        context.entryId = "entry-1";
        context.source = source;
        String expected = source == FlowSource.RECONFIGURE ? "reconfigure_successful" : "reauth_successful";

        assertThat(context.run(flow -> flow.updateReloadAndAbort(ENTRY, Map.of("token", "n"))))
                .isEqualTo(new FlowResult.UpdateAndAbort(
                        EntryChange.of("entry-1").withDataUpdates(Map.of("token", "n")), expected, null));
        assertThat(context.run(flow -> flow.updateAndAbort(EntryChange.of("entry-1"), "own reason")))
                .isEqualTo(new FlowResult.UpdateAndAbort(EntryChange.of("entry-1"), "own reason", null));
    }

    @Test
    void dataIsReplacedOrMergedButNotBoth() {
        EntryChange replacing = EntryChange.of("entry-1").withData(Map.of("a", 1L));

        assertThatThrownBy(() -> replacing.withDataUpdates(Map.of("b", 1L)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFormThatHealsSaysWhichEntryUnlessTheFlowDoes() {
        context.known.add(ENTRY);
        context.entryId = "entry-1";
        context.source = FlowSource.REAUTH;

        assertThat(context.run(flow -> flow.form("user", Form.EMPTY)))
                .isEqualTo(new FlowResult.ShowForm("user", Form.EMPTY, null, Map.of("name", "The entry"), null, null));
        assertThat(context.run(
                        flow -> flow.form("user", Form.EMPTY).withPlaceholders(Map.of("name", "My own", "more", "m"))))
                .isEqualTo(new FlowResult.ShowForm(
                        "user", Form.EMPTY, null, Map.of("name", "My own", "more", "m"), null, null));
        context.source = FlowSource.RECONFIGURE;
        assertThat(context.run(flow -> flow.form("user", Form.EMPTY)))
                .isEqualTo(new FlowResult.ShowForm("user", Form.EMPTY, null, null, null, null));
    }

    @Test
    void secretsAreNeitherSuggestedNorAskedForAgain() {
        Form form = Form.of(Field.required("host", Selector.text()), Field.required("token", Selector.password()));

        FlowResult result =
                context.run(flow -> flow.form("user", form).keepingSecrets().withSuggestions(ENTRY.data()));

        assertThat(result).isInstanceOfSatisfying(FlowResult.ShowForm.class, shown -> {
            assertThat(shown.form().field("host").orElseThrow().suggestedValue())
                    .isEqualTo("h");
            assertThat(shown.form().field("token").orElseThrow().suggestedValue())
                    .isNull();
            assertThat(shown.form().field("token").orElseThrow().required()).isFalse();
        });
    }

    @Test
    void whatAFlowRemembersIsThereInTheNextStepAndCanBeForgotten() {
        context.run(flow -> {
            flow.remember("host", "h");
            flow.remember("gone", "x");
            flow.remember("gone", null);
            return flow.abort("next");
        });

        assertThat(context.run(
                        flow -> flow.abort(flow.recall("host", String.class) + flow.recall("gone", String.class))))
                .isEqualTo(new FlowResult.Abort("hnull", null));
    }

    @Test
    void aStepThatIsNotThereIsNamedWithItsFlow() {
        TestFlow flow = new TestFlow(any -> null);

        assertThatThrownBy(() -> flow.run("reconfigure", null))
                .isInstanceOf(UnknownStepException.class)
                .hasMessage("Handler TestFlow doesn't support step reconfigure");
        assertThat(flow.has("user")).isTrue();
        assertThat(flow.stepIds()).containsExactly("user");
    }

    @Test
    void nothingThatIsPrintedShowsWhatAnEntryHolds() {
        assertThat(ENTRY.toString()).isEqualTo("EntryData[test entry-1]");
        assertThat(EntryChange.of("entry-1").withData(Map.of("a", "canary")).toString())
                .doesNotContain("canary");
        assertThat(new FlowResult.CreateEntry("T", Map.of("a", "canary"), null, null, null).toString())
                .doesNotContain("canary");
    }

    private static final class TestFlow extends ConfigFlow {

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
    private static final class Context implements FlowContext {

        private final ArrayList<EntryData> known = new ArrayList<>();
        private final Map<String, Object> memory = new HashMap<>();
        private final Map<String, String> titlePlaceholders = new LinkedHashMap<>();
        private FlowSource source = FlowSource.USER;
        private String entryId;
        private String uniqueId;
        private boolean ignored;

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
