package dev.latchkey.flow.configflow;

import dev.latchkey.flow.configflow.EntryChange.Reload;
import dev.latchkey.flow.form.RecordForm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Adds, re-authenticates and reconfigures entries of one integration: the steps {@code user}, {@code reauth} (which gets the
 * data of the entry and goes on to {@code reauth_confirm} at once) and {@code reconfigure}. The helpers do exactly what those of
 * the reference do ({@code spec/flows.md} 3).
 */
public abstract class ConfigFlow extends Flow {

    private static final String NAME = "name";

    /**
     * Sets the unique id of the account or device; null takes it back.
     *
     * @return the entry that has it already, also an ignored one
     * @throws AbortFlow {@code already_in_progress} when another flow has it, unless that one re-authenticates
     */
    protected final Optional<EntryData> setUniqueId(String uniqueId) {
        return setUniqueId(uniqueId, true);
    }

    /** As {@link #setUniqueId(String)}; other open flows with the id are let be when {@code onlyOne} is false. */
    protected final Optional<EntryData> setUniqueId(String uniqueId, boolean onlyOne) {
        return context().takeUniqueId(uniqueId, onlyOne).map(KnownEntry::data);
    }

    /** Ends the flow when an entry has the unique id. */
    protected final void abortIfUniqueIdConfigured() {
        abortIfUniqueIdConfigured(null, true, AbortReason.ALREADY_CONFIGURED, null);
    }

    /**
     * Ends the flow when an entry has the unique id, and merges what was learned into its data; if that changed anything and
     * the entry is loaded or waits for its next try, it is reloaded. An ignored entry does not keep a person from adding it.
     *
     * @param updates null for none
     */
    protected final void abortIfUniqueIdConfigured(
            Map<String, Object> updates, boolean reloadOnUpdate, String reason, Map<String, String> placeholders) {
        if (context().uniqueId() == null) {
            return;
        }
        KnownEntry known = context().entryWithUniqueId(context().uniqueId()).orElse(null);
        if (known == null || known.ignored() && source() == FlowSource.USER) {
            return;
        }
        if (updates == null) {
            throw new AbortFlow(reason, placeholders);
        }
        EntryChange change = EntryChange.of(known.data().entryId())
                .withDataUpdates(updates)
                .withReload(reloadOnUpdate ? Reload.IF_CHANGED_AND_ACTIVE : Reload.NEVER);
        throw new AbortFlow(new FlowResult.UpdateAndAbort(change, reason, placeholders));
    }

    /** Ends a re-authentication or reconfiguration whose unique id is not that of the entry: {@code unique_id_mismatch}. */
    protected final void abortIfUniqueIdMismatch() {
        abortIfUniqueIdMismatch(AbortReason.UNIQUE_ID_MISMATCH);
    }

    /** As {@link #abortIfUniqueIdMismatch()} with a reason of the integration's own, such as {@code wrong_account}. */
    protected final void abortIfUniqueIdMismatch(String reason) {
        boolean changes = source() == FlowSource.REAUTH || source() == FlowSource.RECONFIGURE;
        if (changes && !Objects.equals(entry().uniqueId(), context().uniqueId())) {
            throw new AbortFlow(reason);
        }
    }

    /**
     * Ends the flow when an entry, other than the one being changed and not ignored, has all of these values in its data or its
     * options; an empty map matches any entry.
     */
    protected final void abortEntriesMatch(Map<String, Object> match) {
        boolean found = context().entries().stream()
                .filter(known -> !known.ignored())
                .map(KnownEntry::data)
                .filter(entry -> !entry.entryId().equals(context().entryId()))
                .anyMatch(entry -> hasAll(entry.data(), match) || hasAll(entry.options(), match));
        if (found) {
            throw new AbortFlow(AbortReason.ALREADY_CONFIGURED);
        }
    }

    /**
     * Returns the entry that is re-authenticated.
     *
     * @throws IllegalStateException when the flow does something else
     * @throws AbortFlow {@code entry_not_found} when it was removed meanwhile
     */
    protected final EntryData reauthEntry() {
        return entry(FlowSource.REAUTH);
    }

    /**
     * Returns the entry that is reconfigured.
     *
     * @throws IllegalStateException when the flow does something else
     * @throws AbortFlow {@code entry_not_found} when it was removed meanwhile
     */
    protected final EntryData reconfigureEntry() {
        return entry(FlowSource.RECONFIGURE);
    }

    /** Merges values into the data of the entry, reloads it and ends: {@code reauth_successful} or the like. */
    protected final FlowResult updateReloadAndAbort(EntryData entry, Map<String, Object> dataUpdates) {
        return updateAndAbort(EntryChange.of(entry.entryId()).withDataUpdates(dataUpdates), null);
    }

    /** Merges the values of a record, those that are there, into the data of the entry, reloads it and ends. */
    protected final FlowResult updateReloadAndAbort(EntryData entry, Record dataUpdates) {
        return updateReloadAndAbort(entry, RecordForm.values(dataUpdates));
    }

    /**
     * Changes an entry and ends.
     *
     * @param reason null for {@code reconfigure_successful} in a reconfiguration, {@code reauth_successful} in every other flow
     */
    protected final FlowResult updateAndAbort(EntryChange change, String reason) {
        String usual =
                source() == FlowSource.RECONFIGURE ? AbortReason.RECONFIGURE_SUCCESSFUL : AbortReason.REAUTH_SUCCESSFUL;
        return new FlowResult.UpdateAndAbort(change, reason == null ? usual : reason, null);
    }

    /** Says under which name people know what this flow is about, in lists of flows. */
    protected final void title(Map<String, String> placeholders) {
        context().titlePlaceholders().clear();
        context().titlePlaceholders().putAll(placeholders);
    }

    /** A form of a re-authentication says which entry it is about, unless the flow says something else. */
    @Override
    FlowResult adjust(FlowResult result) {
        if (!(result instanceof FlowResult.ShowForm form) || source() != FlowSource.REAUTH) {
            return result;
        }
        Map<String, String> placeholders = new LinkedHashMap<>();
        context()
                .entry(context().entryId())
                .ifPresent(known -> placeholders.put(NAME, known.data().title()));
        if (form.placeholders() != null) {
            placeholders.putAll(form.placeholders());
        }
        return form.withPlaceholders(placeholders);
    }

    private EntryData entry(FlowSource expected) {
        if (source() != expected) {
            throw new IllegalStateException("Source is " + source().id() + ", expected " + expected.id());
        }
        return entry();
    }

    private EntryData entry() {
        return context()
                .entry(context().entryId())
                .map(KnownEntry::data)
                .orElseThrow(() -> new AbortFlow(AbortReason.ENTRY_NOT_FOUND));
    }

    private static boolean hasAll(Map<String, Object> values, Map<String, Object> match) {
        return match.entrySet().stream().allMatch(pair -> Objects.equals(values.get(pair.getKey()), pair.getValue()));
    }
}
