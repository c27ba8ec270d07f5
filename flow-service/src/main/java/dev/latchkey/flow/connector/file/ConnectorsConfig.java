package dev.latchkey.flow.connector.file;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Where connectors are described. */
@ConfigMapping(prefix = "latchkey.flow")
public interface ConnectorsConfig {

    /**
     * Folders with one {@code <domain>.yaml} for each connector, separated by commas. A new, changed or removed file counts within
     * five seconds. A file here takes the place of a connector of the same domain that comes with the service; among several
     * folders the first counts.
     */
    Optional<List<String>> connectors();
}
