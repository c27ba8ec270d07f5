package dev.latchkey.flow.configflow;

/** Why flows end without an entry, in the words that clients know ({@code spec/flows.md} 2.6). */
public final class AbortReason {

    public static final String ALREADY_CONFIGURED = "already_configured";
    public static final String ALREADY_IN_PROGRESS = "already_in_progress";
    public static final String SINGLE_INSTANCE_ALLOWED = "single_instance_allowed";
    public static final String NOT_IMPLEMENTED = "not_implemented";
    public static final String REAUTH_SUCCESSFUL = "reauth_successful";
    public static final String RECONFIGURE_SUCCESSFUL = "reconfigure_successful";
    public static final String UNIQUE_ID_MISMATCH = "unique_id_mismatch";
    public static final String WRONG_ACCOUNT = "wrong_account";
    public static final String ENTRY_NOT_FOUND = "entry_not_found";
    public static final String USER_REJECTED_AUTHORIZE = "user_rejected_authorize";

    private AbortReason() {}
}
