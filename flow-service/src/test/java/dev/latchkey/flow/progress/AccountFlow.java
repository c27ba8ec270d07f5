package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.AbortReason;
import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.Steps;
import dev.latchkey.flow.form.Secret;
import java.io.IOException;
import java.util.Map;

/** {@code t_auth}: the flow of the reference documents, with a host and a token. */
final class AccountFlow extends ConfigFlow {

    record UserInput(String host, Secret apiToken) {}

    record NewToken(Secret apiToken) {}

    @Override
    protected void define(Steps steps) {
        steps.add("user", UserInput.class, this::user)
                .add("reauth", this::reauth)
                .add("reauth_confirm", NewToken.class, this::reauthConfirm)
                .add("reconfigure", UserInput.class, this::reconfigure);
    }

    private FlowResult user(UserInput input) {
        FlowResult.ShowForm form = form("user", UserInput.class).withSuggestions(input);
        if (input == null) {
            return form.withErrors(Map.of());
        }
        String error = identify(input.host(), input.apiToken());
        if (error != null) {
            return form.withError("base", error);
        }
        abortIfUniqueIdConfigured();
        return createEntry("MyIntegration", input);
    }

    private FlowResult reauth(Map<String, Object> entryData) {
        remember("host", entryData.get("host"));
        return reauthConfirm(null);
    }

    private FlowResult reauthConfirm(NewToken input) {
        FlowResult.ShowForm form = form("reauth_confirm", NewToken.class);
        if (input == null) {
            return form;
        }
        String error = identify(recall("host", String.class), input.apiToken());
        if (error != null) {
            return form.withError("base", error);
        }
        abortIfUniqueIdMismatch(AbortReason.WRONG_ACCOUNT);
        return updateReloadAndAbort(reauthEntry(), input);
    }

    private FlowResult reconfigure(UserInput input) {
        EntryData entry = reconfigureEntry();
        FlowResult.ShowForm form = form("reconfigure", UserInput.class)
                .keepingSecrets()
                .withSuggestions(input == null ? Map.of("host", entry.text("host")) : Map.of("host", input.host()));
        if (input == null) {
            return form;
        }
        Secret token = input.apiToken() == null ? entry.secret("api_token") : input.apiToken();
        String error = identify(input.host(), token);
        if (error != null) {
            return form.withError("base", error);
        }
        abortIfUniqueIdMismatch(AbortReason.WRONG_ACCOUNT);
        return updateReloadAndAbort(entry, input);
    }

    private String identify(String host, Secret token) {
        try {
            setUniqueId(FakeAccounts.check(host, token));
            return null;
        } catch (IOException e) {
            return "cannot_connect";
        } catch (FakeAccounts.WrongToken e) {
            return "invalid_auth";
        }
    }
}
