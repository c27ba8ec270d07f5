package dev.latchkey.flow.connector.file;

import dev.latchkey.flow.connector.definition.Connector;
import java.util.Map;

/** Gives tests connectors. */
public final class Described {

    private Described() {}

    /** The connector of a text, whose domain is {@code sample} unless it says otherwise. */
    public static Connector by(String yaml) {
        try {
            String domain = yaml.lines()
                    .filter(line -> line.startsWith("domain:"))
                    .map(line -> line.substring(7).replaceFirst("#.*", "").strip())
                    .findFirst()
                    .orElse("sample");
            return ConnectorReader.read(domain, yaml);
        } catch (DefinitionException e) {
            throw new AssertionError("line " + e.line() + ": " + e.getMessage(), e);
        }
    }

    public static Map<String, Connector> shipped() {
        return ShippedConnectors.read();
    }
}
