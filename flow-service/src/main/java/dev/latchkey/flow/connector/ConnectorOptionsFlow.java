package dev.latchkey.flow.connector;

import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.OptionsFlow;
import dev.latchkey.flow.configflow.Steps;
import dev.latchkey.flow.connector.definition.Connector;
import java.util.LinkedHashMap;
import java.util.Map;

/** Changes what the file calls options: they say how a connection is used, so nothing is tested. */
final class ConnectorOptionsFlow extends OptionsFlow {

    private final Connector connector;

    ConnectorOptionsFlow(Connector connector) {
        this.connector = connector;
    }

    @Override
    protected void define(Steps steps) {
        steps.add(INIT, this::init);
    }

    private FlowResult init(Map<String, Object> input) {
        Map<String, Object> present = entry().options();
        if (input == null) {
            return form(INIT, FieldValues.asOf(connector.options(), present).keepingSecrets());
        }
        Map<String, Object> options = new LinkedHashMap<>(present);
        options.putAll(FieldValues.known(connector.options(), input));
        return createEntry("", options);
    }
}
