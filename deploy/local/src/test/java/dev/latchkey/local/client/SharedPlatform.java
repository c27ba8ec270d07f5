package dev.latchkey.local.client;

import dev.latchkey.local.LocalRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one platform and one browser, which start when the first test asks and end after the last, and each test the
 * site of an app of its own. The platform's owner is {@link Api#USERNAME}. A test leaves it running, whatever else it does to it.
 */
public final class SharedPlatform implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedPlatform.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == LocalRun.class || type == Api.class || type == Browser.class || type == AppSite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        var store = context.getRoot().getStore(NAMESPACE);
        if (type == Browser.class) {
            return store.computeIfAbsent(Browser.class, key -> Browser.start(), Browser.class);
        }
        if (type == AppSite.class) {
            return context.getStore(NAMESPACE).computeIfAbsent(AppSite.class, key -> AppSite.open(), AppSite.class);
        }
        var platform = store.computeIfAbsent(Running.class, key -> Running.start(), Running.class);
        return type == Api.class ? platform.api : platform.run;
    }

    private record Running(Path home, LocalRun run, Api api) implements AutoCloseable {
        static Running start() {
            try {
                var home = Files.createTempDirectory("latchkey-platform");
                var run = LocalRun.platform(home, Map.of());
                var api = new Api(run.url());
                api.makeOwner();
                return new Running(home, run, api);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            run.close();
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
