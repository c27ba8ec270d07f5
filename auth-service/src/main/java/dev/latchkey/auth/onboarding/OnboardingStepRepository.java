package dev.latchkey.auth.onboarding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/** The steps that were done. A step that is done stays done. */
@ApplicationScoped
class OnboardingStepRepository {

    private final EntityManager database;

    OnboardingStepRepository(EntityManager database) {
        this.database = database;
    }

    boolean isDone(String step) {
        return (Boolean)
                database.createNativeQuery("select exists (select from onboarding_step where step = ?1)", Boolean.class)
                        .setParameter(1, step)
                        .getSingleResult();
    }

    /** Notes that a step is done. Waits for whoever does it at the same moment; false when somebody has done it before. */
    boolean finish(String step, Instant now) {
        return database.createNativeQuery(
                                "insert into onboarding_step (step, done_at) values (?1, ?2) on conflict do nothing")
                        .setParameter(1, step)
                        .setParameter(2, now)
                        .executeUpdate()
                > 0;
    }
}
