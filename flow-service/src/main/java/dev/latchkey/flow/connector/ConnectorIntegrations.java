package dev.latchkey.flow.connector;

import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.IntegrationProvider;
import dev.latchkey.flow.connector.check.ConnectionCheck;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.ConnectorCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;

/** Contributes the connectors in force to the integrations. */
@ApplicationScoped
class ConnectorIntegrations implements IntegrationProvider {

    private record Known(Collection<Connector> connectors, List<ConnectorIntegration> integrations) {}

    private final ConnectorCatalog catalog;
    private final ConnectionCheck check;
    private volatile Known known = new Known(List.of(), List.of());

    @Inject
    ConnectorIntegrations(ConnectorCatalog catalog, ConnectionCheck check) {
        this.catalog = catalog;
        this.check = check;
    }

    @Override
    public Collection<? extends Integration> integrations() {
        Collection<Connector> now = catalog.connectors();
        Known last = known;
        if (last.connectors() != now) {
            last = new Known(
                    now,
                    now.stream()
                            .map(connector -> new ConnectorIntegration(connector, check))
                            .toList());
            known = last;
        }
        return last.integrations();
    }
}
