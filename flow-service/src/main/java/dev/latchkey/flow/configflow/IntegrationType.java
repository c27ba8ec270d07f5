package dev.latchkey.flow.configflow;

import java.util.Locale;

/** What kind of thing an integration connects. */
public enum IntegrationType {
    HUB,
    DEVICE,
    SERVICE;

    /** Returns the type as it is written in connectors and filters. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
