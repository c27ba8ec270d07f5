package dev.latchkey.local.replica;

import dev.latchkey.local.LocalRun;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A platform with two of each service, and its owner. */
record TwoReplicas(LocalRun run, Api api, Tokens owner) implements AutoCloseable {
    static TwoReplicas start(Path home) throws IOException {
        var run = LocalRun.platform(
                home, Map.of("LATCHKEY_REPLICAS", "2", "LATCHKEY_SIGNING_GATEWAY_SECRET", Verifier.GATEWAY_SECRET));
        var api = new Api(run.url());
        return new TwoReplicas(run, api, api.makeOwner());
    }

    @Override
    public void close() throws IOException {
        run.close();
    }
}
