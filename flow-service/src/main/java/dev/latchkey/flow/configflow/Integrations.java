package dev.latchkey.flow.configflow;

import java.util.Collection;
import java.util.Optional;

/** All integrations, of all providers, as of now. */
public interface Integrations {

    /** Returns the integration of a domain. */
    Optional<Integration> find(String domain);

    /** Returns all, in alphabetical order of their domains. */
    Collection<Integration> all();
}
