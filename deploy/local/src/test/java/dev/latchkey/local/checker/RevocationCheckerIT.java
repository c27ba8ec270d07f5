package dev.latchkey.local.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.checker.cluster.BrokenBuild;
import dev.latchkey.local.checker.cluster.Cluster;
import dev.latchkey.local.checker.cluster.Replica;
import dev.latchkey.local.checker.invariant.Invariants;
import dev.latchkey.local.checker.workload.Workload;
import dev.latchkey.local.connection.Device;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of each service, clients, and a nemesis. {@code deploy/checker} runs it for longer; the report is in {@code target}. The
 * second test takes what it needs of the cluster away from the first, so it comes last.
 */
@TestMethodOrder(OrderAnnotation.class)
class RevocationCheckerIT {
    private static final Duration BROKEN_RUN = Duration.ofSeconds(20);
    private static final Settings SETTINGS = Settings.ofThisRun();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path home;

    private static Cluster cluster;
    private static Device device;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("The logs of the processes are in " + home.resolve("logs"));
        cluster = Cluster.start(home);
        device = Device.start();
        Workload.prepare(cluster, device);
    }

    @AfterAll
    static void end() throws Exception {
        if (device != null) {
            device.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void whatIsPromisedHoldsWhateverBreaks() throws Exception {
        System.out.println("The checker's seed is " + SETTINGS.seed());
        if (!cluster.disk().mounted()) {
            System.out.println(
                    "NOT CHECKED: a full disk of the broker. This machine does not let the test mount a small one.");
        }

        var history = new Checker(cluster, System.out::println).everything(SETTINGS, device);

        var report = Report.of(
                        "Latchkey while everything breaks",
                        SETTINGS,
                        cluster.disk().mounted(),
                        history)
                .publish("checker.md");
        assertThat(history.failures()).as("what broke clients").isEmpty();
        assertThat(report.judgements()).as("the rules").allSatisfy((rule, judgement) -> {
            assertThat(judgement.offences()).as(rule.name()).isEmpty();
            assertThat(judgement.judged()).as("facts judged by " + rule.name()).isPositive();
        });
        assertThat(Invariants.refusedTheDead(history))
                .as("who refused what was dead")
                .containsExactlyInAnyOrderElementsOf(
                        cluster.replicas().stream().map(Replica::name).toList());
        if (SETTINGS.isLong()) {
            assertThat(history.revokedInTheDark())
                    .as("revocations during outages")
                    .isPositive();
            assertThat(history.spared()).as("faults that did not come").isEmpty();
            assertThat(cluster.disk().mounted())
                    .as("whether the broker's disk could be filled")
                    .isTrue();
        }
    }

    @Test
    @Order(2)
    void brokenVerifiersAreCaughtAndTheSoundOnesAreNotBlamed() throws Exception {
        var settings = new Settings(BROKEN_RUN, SETTINGS.seed());
        cluster.replace(cluster.of("flow").getLast(), BrokenBuild.TRUSTS_STALE_MEMORY);
        cluster.replace(cluster.of("signing").getLast(), BrokenBuild.REMEMBERS_NOTHING);

        var history = new Checker(cluster, System.out::println).outages(settings);

        var report = Report.of(
                        "flow-2 trusts a stale memory, signing-2 remembers nothing",
                        settings,
                        cluster.disk().mounted(),
                        history)
                .publish("checker-broken.md");
        assertThat(history.failures()).as("what broke clients").isEmpty();
        assertThat(Invariants.refusedTheDead(history))
                .as("who is not silent, and can be called sound")
                .contains("auth-1", "auth-2", "flow-1", "signing-1");
        assertThat(report.judgement("I1").offenders())
                .as("which verifiers let in what was revoked")
                .containsExactlyInAnyOrder("flow-2", "signing-2");
        assertThat(report.judgement("I7").offenders()).containsExactly("signing-2");
    }
}
