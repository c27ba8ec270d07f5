package dev.latchkey.flow.configflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.flow.form.Field;
import dev.latchkey.flow.form.Form;
import dev.latchkey.flow.form.Selector;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The other helpers of {@code spec/flows.md} 3, one rule at a time. */
class ConfigFlowTest extends ConfigFlowTesting {

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
}
