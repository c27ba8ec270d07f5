package dev.latchkey.flow.progress;

import dev.latchkey.flow.form.Form;
import java.util.Map;

/**
 * The result that a flow shows.
 *
 * @param stepId where the next input goes; null when the flow has ended
 * @param form what the next input must be; null when anything may come
 * @param view the result as clients see it
 * @param entryId the entry that it created, whose state is shown with it; null when there is none
 */
record Shown(Kind kind, String stepId, Form form, Map<String, Object> view, String entryId) {

    /** What kind of result it is. */
    enum Kind {
        FORM,
        MENU,
        EXTERNAL,
        PROGRESS,
        ENDED
    }

    static Shown waiting(Kind kind, String stepId, Form form, Map<String, Object> view) {
        return new Shown(kind, stepId, form, view, null);
    }

    static Shown ended(Map<String, Object> view, String entryId) {
        return new Shown(Kind.ENDED, null, null, view, entryId);
    }

    /** Tells whether a client that draws this one would have to draw the other anew (flows.md 2.5, rule 10). */
    boolean differsFrom(Shown other) {
        return other == null || !view.equals(other.view);
    }
}
