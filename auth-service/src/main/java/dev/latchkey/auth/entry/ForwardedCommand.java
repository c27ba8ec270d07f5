package dev.latchkey.auth.entry;

import dev.latchkey.auth.socket.SocketCommand;
import dev.latchkey.platform.message.MessageSchema.Field;
import java.util.List;

/** A command that flow-service carries out. Beans of it are singletons: what they are called is said when they are made. */
abstract class ForwardedCommand implements SocketCommand {

    static final String ENTRIES = "/api/config/config_entries/entry";
    static final String FLOWS = "/api/config/config_entries/flow";

    private final String type;
    private final boolean adminOnly;
    private final List<Field> fields;

    ForwardedCommand(String type, boolean adminOnly, Field... fields) {
        this.type = type;
        this.adminOnly = adminOnly;
        this.fields = List.of(fields);
    }

    @Override
    public final String type() {
        return type;
    }

    @Override
    public final List<Field> fields() {
        return fields;
    }

    @Override
    public final boolean adminOnly() {
        return adminOnly;
    }

    @Override
    public final boolean waits() {
        return true;
    }
}
