package dev.latchkey.flow.setup;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;

import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.message.MessageSchema.Kind;

/** What requests about entries may hold. */
final class EntrySchemas {

    static final int MOST_TITLE = 256;

    static final MessageSchema UPDATE = MessageSchema.of(
            optional("title", Kind.STRING),
            optional("pref_disable_new_entities", Kind.BOOLEAN),
            optional("pref_disable_polling", Kind.BOOLEAN));

    static final MessageSchema DISABLE = MessageSchema.of(required("disabled_by", Kind.NULLABLE_STRING));

    private EntrySchemas() {}
}
