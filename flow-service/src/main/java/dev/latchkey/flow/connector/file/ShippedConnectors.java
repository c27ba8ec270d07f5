package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.definition.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The connectors that come with the service. */
final class ShippedConnectors {

    /** A jar cannot be listed, so here is what is in it. */
    static final List<String> DOMAINS =
            List.of("gitea", "github", "grafana", "home_assistant", "immich", "nextcloud", "prometheus");

    private ShippedConnectors() {}

    /** @return the connectors by domain */
    static Map<String, Connector> read() {
        Map<String, Connector> connectors = new TreeMap<>();
        for (String domain : DOMAINS) {
            String file = "/connectors/" + domain + ".yaml";
            try (InputStream in = ShippedConnectors.class.getResourceAsStream(file)) {
                connectors.put(
                        domain, ConnectorReader.read(domain, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (DefinitionException e) {
                throw new IllegalStateException(new ConnectorProblem(file, e.line(), e.getMessage()).toString(), e);
            }
        }
        return connectors;
    }
}
