package dev.latchkey.auth;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A first start on an empty database, where nobody owns the installation yet. */
public class FreshInstallation implements QuarkusTestProfile {}
