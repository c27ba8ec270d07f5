package dev.latchkey.flow.configflow;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Merges what the providers contribute; of two integrations with one domain, the first provider's counts. */
@ApplicationScoped
class AllIntegrations implements Integrations {

    private final List<IntegrationProvider> providers;

    AllIntegrations(@All List<IntegrationProvider> providers) {
        this.providers = List.copyOf(providers);
    }

    @Override
    public Optional<Integration> find(String domain) {
        for (IntegrationProvider provider : providers) {
            for (Integration integration : provider.integrations()) {
                if (integration.domain().equals(domain)) {
                    return Optional.of(integration);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Collection<Integration> all() {
        TreeMap<String, Integration> all = new TreeMap<>();
        providers.forEach(provider ->
                provider.integrations().forEach(integration -> all.putIfAbsent(integration.domain(), integration)));
        return List.copyOf(all.values());
    }
}
