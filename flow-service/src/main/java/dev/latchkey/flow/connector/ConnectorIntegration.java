package dev.latchkey.flow.connector;

import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.configflow.OptionsFlow;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.connector.check.AccountIds;
import dev.latchkey.flow.connector.check.CheckResult;
import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Passed;
import dev.latchkey.flow.connector.check.ConnectionCheck;
import dev.latchkey.flow.connector.definition.Connector;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A connector as the engine and the entries see it. Setting an entry up is testing its connection; it holds nothing. */
final class ConnectorIntegration implements Integration {

    private final Connector connector;
    private final ConnectionCheck check;

    ConnectorIntegration(Connector connector, ConnectionCheck check) {
        this.connector = connector;
        this.check = check;
    }

    @Override
    public String domain() {
        return connector.domain();
    }

    @Override
    public String name() {
        return connector.name();
    }

    @Override
    public int version() {
        return connector.version();
    }

    @Override
    public IntegrationType type() {
        return connector.type();
    }

    @Override
    public boolean singleInstance() {
        return connector.singleInstance();
    }

    @Override
    public Set<String> secretFields() {
        Set<String> names = new HashSet<>(connector.fields().secretNames());
        names.addAll(connector.options().secretNames());
        return names;
    }

    @Override
    public ConfigFlow newConfigFlow() {
        return new ConnectorFlow(connector, check);
    }

    @Override
    public Optional<OptionsFlow> newOptionsFlow() {
        return connector.options().fields().isEmpty()
                ? Optional.empty()
                : Optional.of(new ConnectorOptionsFlow(connector));
    }

    @Override
    public boolean supportsReconfigure() {
        return true;
    }

    @Override
    public SetUpOutcome setUp(EntryData entry) {
        CheckResult result = check.run(connector, entry.data());
        return switch (result) {
            case Passed passed ->
                AccountIds.sameAccount(connector, entry.uniqueId(), passed.uniqueId())
                        ? new SetUpOutcome.Loaded()
                        : new SetUpOutcome.ConfigurationError("The credentials are now those of another account");
            case Failed failed ->
                switch (failed.problem()) {
                    case INVALID_AUTH -> new SetUpOutcome.AuthenticationFailed(failed.reason());
                    case ADDRESS_NOT_ALLOWED, INVALID_HOST, INVALID_VALUE ->
                        new SetUpOutcome.ConfigurationError(failed.reason());
                    case CANNOT_CONNECT, INVALID_RESPONSE, UNKNOWN ->
                        new SetUpOutcome.NotReady(failed.reason(), failed.retryAfter());
                };
        };
    }

    @Override
    public Duration probeInterval() {
        return connector.probe();
    }

    @Override
    public String host(EntryData entry) {
        return check.host(connector, entry.data()).orElse(null);
    }
}
