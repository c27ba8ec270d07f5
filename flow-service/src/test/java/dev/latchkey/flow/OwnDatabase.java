package dev.latchkey.flow;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A start of the service, on a database of its own, for tests that leave it in a state others could not work with. */
public class OwnDatabase implements QuarkusTestProfile {}
