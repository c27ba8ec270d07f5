package dev.latchkey.signing.decision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/** Counts decisions: {@code latchkey_signing_decisions_total} by dialect, outcome and reason. All are there from the start. */
@ApplicationScoped
class DecisionMetrics {

    private final Map<Dialect, Map<Reason, Counter>> counters = new EnumMap<>(Dialect.class);

    DecisionMetrics(MeterRegistry meters) {
        for (Dialect dialect : Dialect.values()) {
            Map<Reason, Counter> ofDialect = new EnumMap<>(Reason.class);
            for (Reason reason : Reason.values()) {
                ofDialect.put(
                        reason,
                        Counter.builder("latchkey.signing.decisions")
                                .description("What gateways were told")
                                .tag("dialect", dialect.code())
                                .tag("outcome", reason.outcome().code())
                                .tag("reason", reason.code())
                                .register(meters));
            }
            counters.put(dialect, ofDialect);
        }
    }

    void count(Dialect dialect, Reason reason) {
        counters.get(dialect).get(reason).increment();
    }
}
