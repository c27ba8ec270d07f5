package dev.latchkey.auth.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Fetch settings for tests: loopback is allowed, patience is short, but not for a busy machine. */
record FetchSettings(Optional<List<String>> allowedNetworks, Duration timeout, int maxConcurrent)
        implements ClientFetchConfig {

    static FetchSettings forLoopback() {
        return new FetchSettings(Optional.of(List.of("127.0.0.0/8")), Duration.ofSeconds(3), 50);
    }

    @Override
    public String allowedPorts() {
        return "80,443,1024-65535";
    }

    @Override
    public int maxConcurrentPerAddress() {
        return 4;
    }

    @Override
    public int maxConcurrentPerHost() {
        return 50;
    }

    @Override
    public int maxBytes() {
        return 10_240;
    }

    @Override
    public Duration cacheTtl() {
        return Duration.ofMinutes(5);
    }

    @Override
    public int cacheSize() {
        return 1000;
    }
}
