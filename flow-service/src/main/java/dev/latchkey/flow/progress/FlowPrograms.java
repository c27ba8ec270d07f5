package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.Flow;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.configflow.TaskOutcome;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.SelfReplica;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what a run needs: the code of the flow, and the run itself. */
@ApplicationScoped
class FlowPrograms {

    private final Integrations integrations;
    private final FlowRun.Surroundings surroundings;

    FlowPrograms(
            Integrations integrations,
            Entries entries,
            UniqueIds uniqueIds,
            SelfReplica self,
            @ConfigProperty(name = "latchkey.auth.issuer") URI publicAddress) {
        this.integrations = integrations;
        this.surroundings =
                new FlowRun.Surroundings(entries, uniqueIds, self::id, publicAddress + ExternalCallbackResource.PATH);
    }

    /** Returns the code of a flow; nothing when there is no such integration, or not any more. */
    Optional<FlowDriver.Program> of(FlowHeader header, Consumer<TaskEnd> whenTaskEnds) {
        Optional<Integration> integration = integrations.find(header.domain());
        Optional<? extends Flow> code = header.ofOptions()
                ? integration.flatMap(Integration::newOptionsFlow)
                : integration.map(Integration::newConfigFlow);
        return code.map(flow -> new FlowDriver.Program(integration.get(), flow, whenTaskEnds));
    }

    FlowRun first(
            FlowHeader header, String uniqueId, Map<String, String> titlePlaceholders, boolean showAdvancedOptions) {
        return FlowRun.first(surroundings, header, uniqueId, titlePlaceholders, showAdvancedOptions);
    }

    FlowRun attended(OpenFlow flow) {
        return FlowRun.attended(surroundings, flow);
    }

    FlowRun unattended(OpenFlow flow, TaskOutcome task) {
        return FlowRun.unattended(surroundings, flow, task);
    }
}
