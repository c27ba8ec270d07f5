package dev.latchkey.auth.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.auth.user.PasswordProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a step of a login flow answers ({@code spec/auth.md} 1.5). */
sealed interface FlowResult {

    /** The pair of the provider's type and id; a list that can hold the null. */
    List<String> HANDLER = Arrays.asList(PasswordProvider.TYPE, null);

    /** A field of a form. */
    record Field(String type, String name, boolean required) {}

    /** A form to be filled in. */
    record Form(
            String type,
            @JsonProperty("flow_id") String flowId,
            List<String> handler,
            @JsonProperty("step_id") String stepId,
            @JsonProperty("data_schema") List<Field> dataSchema,
            Map<String, String> errors,
            @JsonProperty("description_placeholders") Map<String, String> descriptionPlaceholders,
            @JsonProperty("last_step") Boolean lastStep,
            String preview)
            implements FlowResult {

        private static final List<Field> USERNAME_AND_PASSWORD =
                List.of(new Field("string", "username", true), new Field("string", "password", true));

        static Form usernameAndPassword(String flowId, Map<String, String> errors) {
            return new Form("form", flowId, HANDLER, "init", USERNAME_AND_PASSWORD, errors, null, null, null);
        }
    }

    /** The end of a flow that succeeded. */
    record CreateEntry(
            int version,
            @JsonProperty("minor_version") int minorVersion,
            String type,
            @JsonProperty("flow_id") String flowId,
            List<String> handler,
            String description,
            @JsonProperty("description_placeholders") Map<String, String> descriptionPlaceholders,
            String result)
            implements FlowResult {

        static CreateEntry ofCode(String flowId, String code) {
            return new CreateEntry(1, 1, "create_entry", flowId, HANDLER, null, null, code);
        }
    }
}
