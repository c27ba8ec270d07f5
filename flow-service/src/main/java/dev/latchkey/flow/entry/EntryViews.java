package dev.latchkey.flow.entry;

import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.configflow.Integrations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes of entries what clients see, which depends on what their integrations can do. */
@ApplicationScoped
public class EntryViews {

    private final Integrations integrations;

    EntryViews(Integrations integrations) {
        this.integrations = integrations;
    }

    /** Returns an entry as clients see it. */
    public EntryJson of(EntrySummary entry) {
        return view(entry, abilities(entry.domain()));
    }

    /** Returns an entry as clients see it. */
    public EntryJson of(Entry entry) {
        return of(entry.summary());
    }

    /** Returns a function for many entries at once: each integration is asked once. For one thread. */
    Function<EntrySummary, EntryJson> many() {
        Map<String, Abilities> byDomain = new HashMap<>();
        return entry -> view(entry, byDomain.computeIfAbsent(entry.domain(), this::abilities));
    }

    /** Returns the type of an integration as filters name it; nothing when the integration is unknown. */
    public Optional<String> typeOf(String domain) {
        return integrations.find(domain).map(Integration::type).map(IntegrationType::id);
    }

    /** Returns the type of an integration as filters name it; {@code hub} when it is unknown. */
    String type(String domain) {
        return typeOf(domain).orElse(IntegrationType.HUB.id());
    }

    /** Tells whether there is an integration of a domain. */
    boolean knows(String domain) {
        return integrations.find(domain).isPresent();
    }

    private record Abilities(boolean options, boolean unload, boolean reconfigure) {}

    private Abilities abilities(String domain) {
        return integrations
                .find(domain)
                .map(found -> new Abilities(
                        found.newOptionsFlow().isPresent(), found.supportsUnload(), found.supportsReconfigure()))
                .orElse(new Abilities(false, false, false));
    }

    private static EntryJson view(EntrySummary entry, Abilities abilities) {
        return new EntryJson(entry, abilities.options(), abilities.unload(), abilities.reconfigure());
    }
}
