package dev.latchkey.auth.http;

import java.util.Arrays;

/**
 * Tells a form that nobody can read from a failure of ours. The framework's form parser throws whatever comes up, from {@link
 * java.io.IOException} to {@link StringIndexOutOfBoundsException}; what it throws has passed no line of ours.
 */
final class UnreadableForm {

    private static final String FORM_PARSER = "org.jboss.resteasy.reactive.server.core.multipart.";
    private static final String OURS = "dev.latchkey.";

    private UnreadableForm() {}

    /** Tells whether the form parser threw this. */
    static boolean explains(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return Arrays.stream(frames).anyMatch(frame -> frame.getClassName().startsWith(FORM_PARSER))
                && Arrays.stream(frames).noneMatch(frame -> frame.getClassName().startsWith(OURS));
    }
}
