package dev.latchkey.auth;

import dev.latchkey.testing.AdjustableClock;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;

/** The clock by which the service goes in tests. */
@Mock
@Singleton
class ClockOfTests extends AdjustableClock {}
