package dev.latchkey.flow.configflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.configflow.EntryChange.Reload;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The helpers of {@code spec/flows.md} 3 that keep accounts apart, one rule at a time. */
class UniqueAccountsTest extends ConfigFlowTesting {

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
}
