package dev.latchkey.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.supervision.ProcessIdentity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @Test
    void whoeverIsKilledIsRunningAgainWithoutAPerson() throws Exception {
        try (var run = LocalRun.ready(home)) {
            assertThat(run.get("/database")).isEqualTo("reached");
            assertThat(run.get("/kafka")).isEqualTo("reached");

            for (var killed : Map.of(StandInLauncher.SERVICE, "/", "postgres", "/database", "kafka", "/kafka")
                    .entrySet()) {
                var before = run.process(killed.getKey()).orElseThrow();
                before.handle().orElseThrow().destroyForcibly();

                await(killed.getKey()).atMost(A_WHILE).untilAsserted(() -> {
                    assertThat(run.process(killed.getKey())).isPresent().get().isNotEqualTo(before);
                    assertThat(run.get(killed.getValue())).isIn("here", "reached");
                });
            }
        }
    }

    @Test
    void aKilledLauncherLeavesNoProcessAndTheNextStartWorks() throws Exception {
        try (var run = LocalRun.ready(home)) {
            var processes = run.everyProcess();
            assertThat(processes).hasSizeGreaterThan(4);

            run.launcher().destroyForcibly();

            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(processes).noneMatch(LauncherIT::runs));
        }
        try (var next = LocalRun.ready(home)) {
            assertThat(next.get("/database")).isEqualTo("reached");
        }
    }

    @Test
    void aStartRightAfterAKillWorks() throws Exception {
        try (var run = LocalRun.ready(home)) {
            run.launcher().destroyForcibly().waitFor();
            try (var next = LocalRun.ready(home)) {
                assertThat(next.get("/database")).isEqualTo("reached");
                assertThat(next.get("/kafka")).isEqualTo("reached");
            }
        }
    }

    @Test
    void aTermSignalEndsEverythingWithinTenSeconds() throws Exception {
        try (var run = LocalRun.ready(home)) {
            var processes = run.everyProcess();

            run.launcher().destroy();

            assertThat(run.launcher().waitFor(10, SECONDS)).isTrue();
            assertThat(processes).noneMatch(LauncherIT::runs);
            assertThat(home.resolve("run/launcher.pid")).doesNotExist();
        }
    }

    @Test
    void twoRunSideBySideWithAHomeAndAPortEach() throws Exception {
        try (var one = LocalRun.ready(home.resolve("one"));
                var two = LocalRun.ready(home.resolve("two"))) {
            assertThat(one.get("/database")).isEqualTo("reached");
            assertThat(two.get("/database")).isEqualTo("reached");
            assertThat(one.get("/environment")).contains("LATCHKEY_AUTH_ISSUER=http://127.0.0.1:" + one.port());
            assertThat(two.get("/environment")).contains("LATCHKEY_AUTH_ISSUER=http://127.0.0.1:" + two.port());
        }
    }

    @Test
    void everyReplicaHasANameAndAnAddressAndNoneIsLeftOfThemWhenFewerRun() throws Exception {
        try (var run = LocalRun.ready(home, Map.of("LATCHKEY_REPLICAS", "2"))) {
            assertThat(run.process("stand-in")).isPresent();
            assertThat(run.process("stand-in-2")).isPresent();
            assertThat(run.url("stand-in")).isNotEqualTo(run.url("stand-in-2"));
            assertThat(run.get("/environment"))
                    .as("they reach each other whichever runs")
                    .doesNotContain("LATCHKEY_SERVICES_STAND-IN_URL=" + run.url("stand-in"));
            run.launcher().destroyForcibly().waitFor();
        }
        try (var run = LocalRun.ready(home)) {
            assertThat(run.process("stand-in-2")).isEmpty();
            assertThat(home.resolve("run/stand-in-2.url")).doesNotExist();
            assertThat(run.get("/environment")).contains("LATCHKEY_SERVICES_STAND-IN_URL=" + run.url("stand-in"));
        }
    }

    @Test
    void aNumberOfReplicasThatCannotBeIsSaidInASentence() throws Exception {
        for (var number : new String[] {"0", "5", "two", "-1"}) {
            try (var run = LocalRun.launch(home, 0, Map.of("LATCHKEY_REPLICAS", number))) {
                assertFailsWith(run, "latchkey: LATCHKEY_REPLICAS must be a number from 1 to 4");
            }
        }
    }

    @Test
    void oneHomeHasOneLauncher() throws Exception {
        try (var run = LocalRun.ready(home);
                var second = LocalRun.launch(home, 0, Map.of())) {
            assertThat(second.launcher().waitFor(20, SECONDS)).isTrue();
            assertThat(second.launcher().exitValue()).isEqualTo(1);
            assertThat(second.output()).startsWith("latchkey: Latchkey is already running on " + home);
            assertThat(run.get("/")).isEqualTo("here");
        }
    }

    @Test
    void aPortInUseIsSaidInASentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var run = LocalRun.launch(home, taken.getLocalPort(), Map.of())) {
            assertFailsWith(run, "latchkey: Latchkey cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aHomeThatCannotBeWrittenToIsSaidInASentence() throws Exception {
        try (var run = LocalRun.launch(Path.of("/dev/null/home"), 0, Map.of())) {
            assertFailsWith(run, "latchkey: Latchkey cannot write to /dev/null/home");
        }
    }

    @Test
    void aServiceThatDoesNotComeUpIsNamedWithTheEndOfItsLog() throws Exception {
        try (var run = LocalRun.launch(home, 0, Map.of("STAND_IN_FAILS", "yes"))) {
            assertThat(run.launcher().waitFor(40, SECONDS)).isTrue();
            assertThat(run.output())
                    .contains("latchkey: stand-in ended while it was starting")
                    .contains("stand-in.log")
                    .contains("the stand-in was told to fail")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void secretsStayAndAreForTheOwnerAlone() throws Exception {
        var key = home.resolve("secrets/key-encryption-key");
        String first;
        try (var run = LocalRun.ready(home)) {
            first = Files.readString(key);
            assertThat(run.get("/environment")).contains("LATCHKEY_AUTH_KEY_ENCRYPTION_KEY=" + first.strip());
        }
        try (var run = LocalRun.ready(home)) {
            assertThat(Files.readString(key)).isEqualTo(first);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
                    .isEqualTo("rwx------");
            assertThat(run.output()).doesNotContain(first.strip());
        }
    }

    private static void assertFailsWith(LocalRun run, String sentence) throws InterruptedException {
        assertThat(run.launcher().waitFor(20, SECONDS)).isTrue();
        assertThat(run.launcher().exitValue()).isEqualTo(1);
        assertThat(run.output()).startsWith(sentence).doesNotContain("\tat ");
    }

    /** A zombie, which nobody has collected yet, does not run. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && ProcessIdentity.of(process.pid()).isPresent();
    }
}
