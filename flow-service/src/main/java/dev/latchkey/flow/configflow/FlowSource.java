package dev.latchkey.flow.configflow;

import java.util.Locale;

/** Why a flow was started. */
public enum FlowSource {
    /** A person adds something. */
    USER,
    /** The credentials of an entry are refused. */
    REAUTH,
    /** A person changes an entry. */
    RECONFIGURE,
    /** A person changes the options of an entry. */
    OPTIONS;

    /** Returns the source as {@code context.source} has it; also the id of the first step, but for options. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
