package dev.latchkey.flow.example;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether the example takes part. */
@ConfigMapping(prefix = "latchkey.flow")
interface ExampleConfig {

    /** Offers {@code my_integration}, the example of an integration written in Java. For those who develop one. */
    @WithDefault("false")
    boolean example();
}
