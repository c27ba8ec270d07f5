package dev.latchkey.flow.example;

import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.IntegrationProvider;
import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.platform.outbound.OutboundHttp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The example as an integration: what the engine asks besides the flow. */
@ApplicationScoped
class MyIntegration implements Integration, IntegrationProvider {

    private final OutboundHttp http;
    private final ExampleConfig config;

    @Inject
    MyIntegration(OutboundHttp http, ExampleConfig config) {
        this.http = http;
        this.config = config;
    }

    @Override
    public List<Integration> integrations() {
        return config.example() ? List.of(this) : List.of();
    }

    @Override
    public String domain() {
        return "my_integration";
    }

    @Override
    public String name() {
        return "MyIntegration";
    }

    @Override
    public IntegrationType type() {
        return IntegrationType.SERVICE;
    }

    @Override
    public Set<String> secretFields() {
        return Set.of("api_token");
    }

    @Override
    public ConfigFlow newConfigFlow() {
        return new MyConfigFlow(http);
    }

    @Override
    public SetUpOutcome setUp(EntryData entry) {
        try {
            new MyClient(http, entry.text("host"), entry.secret("api_token")).checkConnection();
            return new SetUpOutcome.Loaded();
        } catch (MyException e) {
            return switch (e.kind()) {
                case INVALID_AUTH -> new SetUpOutcome.AuthenticationFailed(e.getMessage());
                case CANNOT_CONNECT -> new SetUpOutcome.NotReady(e.getMessage());
                case ADDRESS_NOT_ALLOWED -> new SetUpOutcome.ConfigurationError(e.getMessage());
            };
        }
    }

    @Override
    public String host(EntryData entry) {
        try {
            return URI.create(entry.text("host")).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public Duration probeInterval() {
        return Duration.ofMinutes(5);
    }
}
