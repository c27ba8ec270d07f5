package dev.latchkey.local.checker;

import dev.latchkey.local.checker.history.History;
import dev.latchkey.local.checker.history.Kind;
import dev.latchkey.local.checker.history.Operation;
import dev.latchkey.local.checker.history.Outcome;
import dev.latchkey.local.checker.invariant.Invariant;
import dev.latchkey.local.checker.invariant.Invariants;
import dev.latchkey.local.checker.invariant.Judgement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run showed, for people.
 *
 * @param title of the run
 * @param settings by which it can be had again
 * @param diskFilled whether the broker's disk could be filled on this machine
 * @param history what happened
 * @param judgements what each rule says of it
 */
record Report(
        String title, Settings settings, boolean diskFilled, History history, Map<Invariant, Judgement> judgements) {
    private static final int MOST_OFFENCES = 10;

    /** Judges a history by all rules. */
    static Report of(String title, Settings settings, boolean diskFilled, History history) {
        var judgements = new LinkedHashMap<Invariant, Judgement>();
        Invariants.all().forEach(invariant -> judgements.put(invariant, invariant.judge(history)));
        return new Report(title, settings, diskFilled, history, judgements);
    }

    /** What a rule says, by its name. */
    Judgement judgement(String name) {
        return judgements.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** Writes it into a file of {@code target}, and prints it. */
    Report publish(String file) throws IOException {
        Files.writeString(Path.of("target", file).toAbsolutePath(), text());
        System.out.println(text());
        return this;
    }

    /** All of it, as Markdown. */
    String text() {
        var text = new StringBuilder("# " + title + "\n\n");
        text.append("Seed %d, %d s of faults, %d operations, two replicas of each service.%n%n"
                .formatted(
                        settings.seed(),
                        settings.time().toSeconds(),
                        history.operations().size()));
        if (!diskFilled) {
            text.append(
                    "**The broker's disk was NOT filled: this machine does not let the test mount a small one.**\n\n");
        }
        text.append("Everything worked again after: ")
                .append(
                        history.recovered() == null
                                ? "never"
                                : history.recovered().toMillis() + " ms")
                .append("\n\n");
        text.append("Revocations that were answered while somebody could not hear of them or not ask: %d%n%n"
                .formatted(history.revokedInTheDark()));
        failures(text);
        invariants(text);
        latencies(text, "nothing was broken", false);
        latencies(text, "something was broken, or had been within 10 s", true);
        operations(text);
        faults(text);
        return text.toString();
    }

    private void failures(StringBuilder text) {
        history.failures().forEach(failure -> {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            text.append("**A client of the checker failed, the run proves nothing:**\n\n```\n")
                    .append(trace)
                    .append("```\n\n");
        });
    }

    private void invariants(StringBuilder text) {
        text.append("## Rules\n\n| | Rule | Judged | |\n|---|---|---:|---|\n");
        judgements.forEach((rule, judgement) -> text.append(
                "| %s | %s | %d | %s |%n".formatted(rule.name(), rule.rule(), judgement.judged(), verdict(judgement))));
        judgements.forEach((rule, judgement) -> {
            if (!judgement.holds()) {
                text.append("\n%s was broken %d times%s:%n%n"
                        .formatted(
                                rule.name(),
                                judgement.offences().size(),
                                judgement.offenders().isEmpty()
                                        ? ""
                                        : " by " + String.join(", ", judgement.offenders())));
                judgement.offences().stream()
                        .limit(MOST_OFFENCES)
                        .forEach(offence -> text.append("- ").append(offence).append('\n'));
            }
        });
        text.append('\n');
    }

    private static String verdict(Judgement judgement) {
        if (!judgement.holds()) {
            return "**broken**";
        }
        return judgement.judged() == 0 ? "not exercised" : "held";
    }

    private void latencies(StringBuilder text, String when, boolean broken) {
        text.append("## From the answer of a revocation to refusal, while ")
                .append(when)
                .append(" (ms)\n\n");
        text.append(
                "| Verifier | Refused | p50 | p99 | max | accepted until | no answer first |\n|---|---:|---:|---:|---:|---:|---:|\n");
        Latencies.of(history, broken)
                .forEach((verifier, latencies) -> text.append("| %s | %d | %d | %d | %d | %d | %d |%n"
                        .formatted(
                                verifier,
                                latencies.count(),
                                latencies.milliseconds(0.5),
                                latencies.milliseconds(0.99),
                                latencies.milliseconds(1),
                                latencies.acceptedFor(),
                                latencies.unanswered())));
        text.append('\n');
    }

    private void operations(StringBuilder text) {
        text.append("## Operations\n\n| | yes | no | unknown |\n|---|---:|---:|---:|\n");
        for (var kind : Kind.values()) {
            text.append("| %s | %d | %d | %d |%n"
                    .formatted(
                            kind, count(kind, Outcome.OK), count(kind, Outcome.REFUSED), count(kind, Outcome.UNKNOWN)));
        }
        text.append("\nEvents of entries read: ").append(history.deliveries().size());
        text.append(", entries at the end: ").append(history.kept().size()).append("\n\n");
    }

    private long count(Kind kind, Outcome outcome) {
        return history.of(kind).map(Operation::outcome).filter(outcome::equals).count();
    }

    private void faults(StringBuilder text) {
        text.append("## Faults\n\n| from | to | what |\n|---:|---:|---|\n");
        history.faults()
                .forEach(fault -> text.append("| %s | %s | %s |%n"
                        .formatted(history.at(fault.start()), history.at(fault.end()), fault.name())));
        if (!history.spared().isEmpty()) {
            text.append("\nThese kinds did not come: ")
                    .append(String.join("; ", history.spared()))
                    .append('\n');
        }
    }
}
