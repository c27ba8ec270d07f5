package dev.latchkey.flow;

import dev.latchkey.flow.configflow.IntegrationProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The integrations that tests make as they need them. */
@ApplicationScoped
public class FakeIntegrations implements IntegrationProvider {

    private final Map<String, FakeIntegration> byDomain = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();

    /** Makes one with a domain of its own. */
    public FakeIntegration make() {
        FakeIntegration made = new FakeIntegration("fake_" + number.incrementAndGet());
        byDomain.put(made.domain(), made);
        return made;
    }

    /** Takes one away, as when its file is deleted. */
    public void remove(FakeIntegration integration) {
        byDomain.remove(integration.domain());
    }

    /** Puts one back that was taken away. */
    public void putBack(FakeIntegration integration) {
        byDomain.put(integration.domain(), integration);
    }

    @Override
    public Collection<FakeIntegration> integrations() {
        return List.copyOf(byDomain.values());
    }
}
