package dev.latchkey.flow.configflow;

import java.util.Collection;

/** A CDI bean that contributes integrations. What it returns may change at any time. */
public interface IntegrationProvider {

    /** Returns the integrations as of now; an empty collection when there are none. Never blocks. */
    Collection<? extends Integration> integrations();
}
