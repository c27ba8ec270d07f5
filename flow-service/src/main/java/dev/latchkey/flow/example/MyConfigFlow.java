package dev.latchkey.flow.example;

import dev.latchkey.flow.configflow.AbortReason;
import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.FlowResult.ShowForm;
import dev.latchkey.flow.configflow.Steps;
import dev.latchkey.flow.form.Input;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.flow.form.Selector.TextType;
import dev.latchkey.platform.outbound.OutboundHttp;

/**
 * Adds an account with host and API token; asks for a new token when the old one dies; moves to another host or token without
 * deleting anything. Every form comes back with an error until the service accepts what was entered.
 */
final class MyConfigFlow extends ConfigFlow {

    /** What it takes to connect. */
    record UserInput(
            @Input(type = TextType.URL, label = "Host") String host,
            @Input(label = "API token") Secret apiToken) {}

    /** What it takes to connect again. */
    record ReauthInput(@Input(label = "API token") Secret apiToken) {}

    private final OutboundHttp http;

    MyConfigFlow(OutboundHttp http) {
        this.http = http;
    }

    @Override
    protected void define(Steps steps) {
        steps.add("user", UserInput.class, this::user)
                .add("reauth", entryData -> reauthConfirm(null))
                .add("reauth_confirm", ReauthInput.class, this::reauthConfirm)
                .add("reconfigure", UserInput.class, this::reconfigure);
    }

    private FlowResult user(UserInput input) {
        ShowForm form = form("user", UserInput.class).withSuggestions(input);
        if (input == null) {
            return form;
        }
        try {
            setUniqueId(new MyClient(http, input.host(), input.apiToken()).checkConnection());
        } catch (MyException e) {
            return withError(form, e);
        }
        abortIfUniqueIdConfigured();
        return createEntry("MyIntegration", input);
    }

    private FlowResult reauthConfirm(ReauthInput input) {
        ShowForm form = form("reauth_confirm", ReauthInput.class);
        EntryData entry = reauthEntry();
        if (input == null) {
            return form;
        }
        try {
            setUniqueId(new MyClient(http, entry.text("host"), input.apiToken()).checkConnection());
        } catch (MyException e) {
            return withError(form, e);
        }
        abortIfUniqueIdMismatch(AbortReason.WRONG_ACCOUNT);
        return updateReloadAndAbort(entry, input);
    }

    private FlowResult reconfigure(UserInput input) {
        EntryData entry = reconfigureEntry();
        ShowForm form = form("reconfigure", UserInput.class)
                .keepingSecrets()
                .withSuggestions(entry.data())
                .withSuggestions(input);
        if (input == null) {
            return form;
        }
        Secret apiToken = input.apiToken() == null ? entry.secret("api_token") : input.apiToken();
        try {
            setUniqueId(new MyClient(http, input.host(), apiToken).checkConnection());
        } catch (MyException e) {
            return withError(form, e);
        }
        abortIfUniqueIdMismatch(AbortReason.WRONG_ACCOUNT);
        return updateReloadAndAbort(entry, input);
    }

    private static FlowResult withError(ShowForm form, MyException e) {
        return switch (e.kind()) {
            case INVALID_AUTH -> form.withError("base", "invalid_auth");
            case CANNOT_CONNECT -> form.withError("base", "cannot_connect");
            case ADDRESS_NOT_ALLOWED ->
                form.withError(form.form().field("host").isPresent() ? "host" : "base", "address_not_allowed");
        };
    }
}
