package dev.latchkey.flow.connector;

import dev.latchkey.flow.configflow.AbortFlow;
import dev.latchkey.flow.configflow.AbortReason;
import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryChange;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.Steps;
import dev.latchkey.flow.connector.check.AccountIds;
import dev.latchkey.flow.connector.check.CheckResult;
import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.ConnectionCheck;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.form.Form;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The flow of every connector: nothing is saved that was not tested, and an entry never changes to another account. */
final class ConnectorFlow extends ConfigFlow {

    private static final String BASE = "base";

    private final Connector connector;
    private final ConnectionCheck check;

    ConnectorFlow(Connector connector, ConnectionCheck check) {
        this.connector = connector;
        this.check = check;
    }

    @Override
    protected void define(Steps steps) {
        steps.add(Connector.USER, this::user)
                .add("reauth", data -> reauthConfirm(null))
                .add(Connector.REAUTH_CONFIRM, this::reauthConfirm)
                .add(Connector.RECONFIGURE, this::reconfigure);
    }

    private FlowResult user(Map<String, Object> input) {
        FlowResult.ShowForm form = form(Connector.USER, connector.form(Connector.USER));
        if (input == null) {
            return form;
        }
        Map<String, Object> data = FieldValues.defaults(connector.fields());
        data.putAll(FieldValues.known(connector.form(Connector.USER), input));
        CheckResult result = check.run(connector, data);
        return switch (result) {
            case Failed failed ->
                form.withSuggestions(input)
                        .withError(where(failed, form.form()), failed.problem().code());
            case Passed passed -> {
                setUniqueId(passed.uniqueId());
                abortIfUniqueIdConfigured();
                yield createEntry(passed.title(), data).withOptions(FieldValues.defaults(connector.options()));
            }
        };
    }

    private FlowResult reauthConfirm(Map<String, Object> input) {
        EntryData entry = reauthEntry();
        Form asked = connector.form(Connector.REAUTH_CONFIRM);
        return change(Connector.REAUTH_CONFIRM, FieldValues.asOf(asked, entry.data()), entry, input);
    }

    private FlowResult reconfigure(Map<String, Object> input) {
        EntryData entry = reconfigureEntry();
        Form asked = connector.form(Connector.RECONFIGURE);
        return change(
                Connector.RECONFIGURE, FieldValues.asOf(asked, entry.data()).keepingSecrets(), entry, input);
    }

    private FlowResult change(String step, Form asked, EntryData entry, Map<String, Object> input) {
        FlowResult.ShowForm form = form(step, asked);
        if (input == null) {
            return form;
        }
        Map<String, Object> updates = FieldValues.known(asked, input);
        Map<String, Object> data = new LinkedHashMap<>(entry.data());
        data.putAll(updates);
        CheckResult result = check.run(connector, data);
        return switch (result) {
            case Failed failed ->
                form.withSuggestions(input)
                        .withError(where(failed, asked), failed.problem().code());
            case Passed passed -> {
                Optional<EntryData> holder = setUniqueId(passed.uniqueId());
                if (!AccountIds.sameAccount(connector, entry.uniqueId(), passed.uniqueId())) {
                    throw new AbortFlow(AbortReason.WRONG_ACCOUNT);
                }
                if (holder.filter(other -> !other.entryId().equals(entry.entryId()))
                        .isPresent()) {
                    throw new AbortFlow(AbortReason.ALREADY_CONFIGURED);
                }
                yield updateAndAbort(
                        EntryChange.of(entry.entryId())
                                .withUniqueId(passed.uniqueId())
                                .withDataUpdates(updates),
                        null);
            }
        };
    }

    /** An error belongs to a field only if the form asks for it. */
    private static String where(Failed failed, Form form) {
        return failed.field() != null && form.field(failed.field()).isPresent() ? failed.field() : BASE;
    }
}
