package dev.latchkey.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A real browser without a window. Every {@link Tab} is a person who was never here before. */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    static Browser start() {
        var executable = Stream.concat(Stream.ofNullable(System.getenv("LATCHKEY_CHROMIUM")), onPath())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("These tests need a browser: sudo apt-get install chromium"
                        + " (or set LATCHKEY_CHROMIUM to where one is)"));
        var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        var options = new LaunchOptions().setExecutablePath(executable).setChromiumSandbox(false);
        return new Browser(playwright, playwright.chromium().launch(options));
    }

    private static Stream<String> onPath() {
        var directories = List.of(System.getenv("PATH").split(File.pathSeparator));
        return NAMES.stream().flatMap(name -> directories.stream().map(directory -> directory + "/" + name));
    }

    Tab open() {
        return open(options -> {});
    }

    Tab open(Consumer<com.microsoft.playwright.Browser.NewContextOptions> chosen) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions().setLocale("en-GB");
        chosen.accept(options);
        return new Tab(chromium.newContext(options));
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** One window with cookies of its own, and what its pages complained of. */
    static final class Tab implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();

        private Tab(BrowserContext context) {
            this.context = context;
            page = context.newPage();
            page.setDefaultTimeout(20_000);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.type() + ": " + message.text() + " at " + message.location());
                }
            });
            page.onPageError(error -> complaints.add("error on the page: " + error));
        }

        Page page() {
            return page;
        }

        /** What the console of the browser has in red or yellow: broken policies, missing files, exceptions. */
        List<String> complaints() {
            return complaints;
        }

        void assertNoComplaints() {
            assertThat(complaints).as("what the browser complained of").isEmpty();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
