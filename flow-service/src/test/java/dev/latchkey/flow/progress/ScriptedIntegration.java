package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.configflow.OptionsFlow;
import dev.latchkey.flow.configflow.SetUpOutcome;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** An integration whose flows and outcomes a test writes down. */
record ScriptedIntegration(
        String domain,
        Supplier<ConfigFlow> flow,
        Supplier<OptionsFlow> options,
        boolean singleInstance,
        Set<String> secretFields,
        Function<EntryData, SetUpOutcome> trial)
        implements Integration {

    static ScriptedIntegration of(String domain, Supplier<ConfigFlow> flow) {
        return new ScriptedIntegration(domain, flow, null, false, Set.of(), entry -> new SetUpOutcome.Loaded());
    }

    ScriptedIntegration withOptions(Supplier<OptionsFlow> newOptions) {
        return new ScriptedIntegration(domain, flow, newOptions, singleInstance, secretFields, trial);
    }

    ScriptedIntegration asSingle() {
        return new ScriptedIntegration(domain, flow, options, true, secretFields, trial);
    }

    ScriptedIntegration withTrial(Set<String> secrets, Function<EntryData, SetUpOutcome> newTrial) {
        return new ScriptedIntegration(domain, flow, options, singleInstance, secrets, newTrial);
    }

    @Override
    public String name() {
        return "The " + domain;
    }

    @Override
    public IntegrationType type() {
        return IntegrationType.SERVICE;
    }

    @Override
    public ConfigFlow newConfigFlow() {
        return flow.get();
    }

    @Override
    public Optional<OptionsFlow> newOptionsFlow() {
        return Optional.ofNullable(options).map(Supplier::get);
    }

    @Override
    public SetUpOutcome setUp(EntryData entry) {
        return trial.apply(entry);
    }
}
