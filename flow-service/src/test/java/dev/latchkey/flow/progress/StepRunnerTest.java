package dev.latchkey.flow.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.flow.configflow.AbortFlow;
import dev.latchkey.flow.configflow.ConfigFlow;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.configflow.Steps;
import dev.latchkey.flow.configflow.UnknownStepException;
import dev.latchkey.flow.form.Form;
import dev.latchkey.platform.http.MessageException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.ws.rs.WebApplicationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StepRunner runner = new StepRunner(
            threads,
            new SmallRyeConfigBuilder()
                    .withMapping(FlowConfig.class)
                    .withSources(new PropertiesConfigSource(
                            Map.of("latchkey.flow.step-timeout", "PT0.3S", "latchkey.flow.max-running-steps", "1"),
                            "test",
                            100))
                    .build()
                    .getConfigMapping(FlowConfig.class));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aResultThatNamesNoStepIsOfTheStepThatRan() {
        FlowResult result =
                run(new TestFlow().with("user", flow -> flow.done("second")).with("second", flow -> flow.ask(null)));

        assertThat(result)
                .isInstanceOfSatisfying(
                        FlowResult.ShowForm.class,
                        form -> assertThat(form.stepId()).isEqualTo("second"));
    }

    @Test
    void anAbortMayBeThrownAnywhere() {
        assertThat(run(new TestFlow().with("user", flow -> {
                    throw new AbortFlow("enough");
                })))
                .isEqualTo(new FlowResult.Abort("enough", null));
    }

    @Test
    void aFlowThatOnlyGoesFromStepToStepIsStopped() {
        assertFails(new TestFlow().with("user", flow -> flow.done("user")));
    }

    @Test
    void aStepWithoutAResultIsAnError() {
        assertFails(new TestFlow().with("user", flow -> null));
    }

    @Test
    void whatAStepThrowsGoesNoFurther() {
        assertFails(new TestFlow().with("user", flow -> {
            throw new IllegalStateException("refused s3cr3t-t0k3n");
        }));
        assertFails(new TestFlow().with("user", flow -> {
            throw new StackOverflowError("with s3cr3t-t0k3n");
        }));
    }

    @Test
    void aStepThatIsNotThereIsAnErrorWhereverItIsNamed() {
        assertThatThrownBy(() -> run(new TestFlow())).isInstanceOf(UnknownStepException.class);
        assertThatThrownBy(() -> run(new TestFlow().with("user", flow -> flow.done("nowhere"))))
                .isInstanceOf(UnknownStepException.class);
        assertThatThrownBy(() -> run(new TestFlow().with("user", flow -> flow.ask("nowhere"))))
                .isInstanceOf(UnknownStepException.class);
        assertThatThrownBy(() -> run(new TestFlow().with("user", flow -> flow.choose("nowhere"))))
                .isInstanceOf(UnknownStepException.class);
    }

    @Test
    void aStepThatTakesTooLongIsInterrupted() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch over = new CountDownLatch(1);

        assertThatThrownBy(() -> run(new TestFlow().with("user", flow -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    over.countDown();
                    return flow.ask(null);
                })))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.status()).isEqualTo(500))
                .hasMessage("The step took too long");
        over.await();
        assertThat(interrupted).isTrue();
    }

    @Test
    void oneStepTooManyIsToldToComeBack() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<FlowResult> first = threads.submit(() -> run(new TestFlow().with("user", flow -> {
            running.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return flow.ask(null);
        })));
        running.await();

        assertThatThrownBy(() -> run(new TestFlow().with("user", flow -> flow.ask(null))))
                .isInstanceOfSatisfying(WebApplicationException.class, e -> {
                    assertThat(e.getResponse().getStatus()).isEqualTo(503);
                    assertThat(e.getResponse().getHeaderString("Retry-After")).isEqualTo("1");
                });
        goOn.countDown();
        assertThat(first.get()).isNotNull();
        assertThat(run(new TestFlow().with("user", flow -> flow.ask(null)))).isNotNull();
    }

    /** Nobody tells of a refusal a second time. */
    @Test
    void aReauthenticationThatStartsByItselfWaitsForItsTurn() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        threads.submit(() -> run(new TestFlow().with("user", flow -> {
            running.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return flow.ask(null);
        })));
        running.await();

        CompletableFuture<FlowResult> result = new CompletableFuture<>();
        Thread second = Thread.ofPlatform().start(() -> {
            try {
                result.complete(run(
                        new TestFlow().with("reauth", flow -> {
                            throw new AbortFlow("its turn");
                        }),
                        FlowSource.REAUTH));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        await().until(() -> second.getState() == Thread.State.TIMED_WAITING || result.isDone());
        goOn.countDown();

        assertThat(result.get()).isEqualTo(new FlowResult.Abort("its turn", null));
    }

    private void assertFails(ConfigFlow flow) {
        assertThatThrownBy(() -> run(flow))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.status()).isEqualTo(500))
                .hasMessage("Internal server error")
                .hasNoCause();
    }

    private FlowResult run(ConfigFlow flow) {
        return run(flow, FlowSource.USER);
    }

    private FlowResult run(ConfigFlow flow, FlowSource source) {
        FlowHeader header = new FlowHeader("id", "test", "test", source, null);
        FlowRun run =
                FlowRun.first(new FlowRun.Surroundings(null, null, () -> "here", ""), header, null, Map.of(), false);
        return runner.run(flow, run, source.id(), null);
    }

    private static final class TestFlow extends ConfigFlow {

        private final Map<String, Function<TestFlow, FlowResult>> bodies = new LinkedHashMap<>();

        TestFlow with(String step, Function<TestFlow, FlowResult> body) {
            bodies.put(step, body);
            return this;
        }

        @Override
        protected void define(Steps steps) {
            bodies.forEach((id, body) -> steps.add(id, input -> body.apply(this)));
        }

        FlowResult done(String next) {
            return progressDone(next);
        }

        FlowResult ask(String step) {
            return form(step, Form.EMPTY);
        }

        FlowResult choose(String step) {
            return menu("user", step);
        }
    }
}
