package dev.latchkey.local.checker.invariant;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule says of a history.
 *
 * @param judged how many facts it could have been broken by; with none, that it holds says nothing
 * @param offences what broke it, for people; empty when it holds
 * @param offenders which processes did, where a process can be named
 */
public record Judgement(long judged, List<String> offences, List<String> offenders) {

    /** Copies the lists. */
    public Judgement {
        offences = List.copyOf(offences);
        offenders = List.copyOf(offenders);
    }

    /** Whether nothing broke it. */
    public boolean holds() {
        return offences.isEmpty();
    }

    /** Collects what a rule finds. */
    static final class Builder {
        private final List<String> offences = new ArrayList<>();
        private final List<String> offenders = new ArrayList<>();
        private long judged;

        /** Notes a fact that could have broken the rule. */
        void judge() {
            judged++;
        }

        /** Notes that one did. */
        void offend(String offence) {
            offences.add(offence);
        }

        /** Notes that one did, and where. */
        void offend(String offence, String offender) {
            offences.add(offence);
            if (!offenders.contains(offender)) {
                offenders.add(offender);
            }
        }

        Judgement done() {
            return new Judgement(judged, offences, offenders);
        }
    }
}
