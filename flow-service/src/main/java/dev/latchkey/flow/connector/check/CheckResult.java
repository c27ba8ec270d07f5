package dev.latchkey.flow.connector.check;

import java.time.Duration;
import java.util.Locale;

/** What came of a connection test. */
public sealed interface CheckResult {

    /**
     * The credentials are good.
     *
     * @param uniqueId the account or device, as entries remember it
     * @param title for people
     */
    record Passed(String uniqueId, String title) implements CheckResult {}

    /**
     * They are not, or nobody can tell.
     *
     * @param field the field that is to blame; null when that is none
     * @param reason a sentence for the entry; it holds nothing that a person entered or the remote sent
     * @param retryAfter when the remote wants to be asked again; null when it did not say
     */
    record Failed(Problem problem, String field, String reason, Duration retryAfter) implements CheckResult {

        Failed(Problem problem, String reason) {
            this(problem, null, reason, null);
        }
    }

    /** The kinds of failure. */
    enum Problem {
        /** The remote refuses the credentials. */
        INVALID_AUTH,
        /** There is no answer, or one that says "not now". */
        CANNOT_CONNECT,
        /** The answer is not the product's. */
        INVALID_RESPONSE,
        /** The outbound policy does not let the test go there. */
        ADDRESS_NOT_ALLOWED,
        /** What should be an address is none. */
        INVALID_HOST,
        /** A value cannot be sent: it has a line break or another character that its place cannot hold. */
        INVALID_VALUE,
        /** Something nobody foresaw. */
        UNKNOWN;

        /** @return the stable code, for example {@code invalid_auth} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
