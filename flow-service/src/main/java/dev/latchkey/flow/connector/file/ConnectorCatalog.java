package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.configflow.IntegrationsChanged;
import dev.latchkey.flow.connector.definition.Connector;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** The connectors in force: those that come with the service, and over them those of the folders. Follows the folders. */
@Startup
@ApplicationScoped
public class ConnectorCatalog {

    private static final Logger LOG = Logger.getLogger(ConnectorCatalog.class);

    private record Snapshot(Map<String, Connector> connectors, List<ConnectorProblem> problems) {}

    private final Map<String, Connector> shipped = ShippedConnectors.read();
    private final ConnectorFolders folders;
    private final Event<IntegrationsChanged> changes;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of());

    @Inject
    ConnectorCatalog(ConnectorsConfig config, Event<IntegrationsChanged> changes) {
        this.folders = new ConnectorFolders(
                config.connectors().orElse(List.of()).stream().map(Path::of).toList());
        this.changes = changes;
    }

    /** @return the connectors as of now, the same collection as long as nothing changes */
    public Collection<Connector> connectors() {
        return snapshot.connectors().values();
    }

    /** @return what is wrong with files as of now */
    public List<ConnectorProblem> problems() {
        return snapshot.problems();
    }

    @PostConstruct
    void start() {
        folders.refresh();
        take();
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP, identity = "connector-files")
    void follow() {
        if (!folders.refresh()) {
            return;
        }
        Set<String> changed = take();
        if (!changed.isEmpty()) {
            changes.fire(new IntegrationsChanged(changed));
        }
    }

    private Set<String> take() {
        Snapshot before = snapshot;
        Map<String, Connector> connectors = new TreeMap<>(shipped);
        connectors.putAll(folders.connectors());
        Snapshot now = new Snapshot(connectors, List.copyOf(folders.problems()));
        snapshot = now;
        Set<ConnectorProblem> known = new HashSet<>(before.problems());
        now.problems().stream()
                .filter(problem -> !known.contains(problem))
                .forEach(problem -> LOG.warnf("A connector is not used as its file is now: %s", problem));
        Set<String> changed = new TreeSet<>(before.connectors().keySet());
        changed.addAll(connectors.keySet());
        changed.removeIf(domain -> Objects.equals(before.connectors().get(domain), connectors.get(domain)));
        if (!changed.isEmpty()) {
            LOG.infof("Connectors: %s; new, changed or removed: %s", connectors.keySet(), changed);
        }
        return changed;
    }
}
