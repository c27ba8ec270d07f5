package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.setup.Dispatcher.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    /** What runs, in the order in which it began; ends when the test takes it out and runs it. */
    private final List<Runnable> started = new ArrayList<>();

    private final List<String> names = new ArrayList<>();
    private final Dispatcher dispatcher = new Dispatcher(started::add, 2, 3);

    @Test
    void noHostGetsMoreThanItsShareAndOthersPassByWhatWaits() {
        dispatcher.add(List.of(work("a1", "a"), work("a2", "a"), work("a3", "a"), work("b1", "b")));

        assertThat(dispatcher.running()).isEqualTo(3);
        finishAll();
        assertThat(names).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void noMoreRunsAtOnceThanMayInAll() {
        dispatcher.add(IntStream.range(0, 10).mapToObj(i -> work("w" + i, null)).toList());

        assertThat(started).hasSize(3);
        started.removeFirst().run();
        assertThat(started).hasSize(3);
        finishAll();
        assertThat(names).hasSize(10);
        assertThat(dispatcher.running()).isZero();
    }

    @Test
    void whatSomebodyWaitsForGoesFirst() {
        dispatcher.add(IntStream.range(0, 5).mapToObj(i -> work("w" + i, null)).toList());
        dispatcher.addFirst(work("urgent", null));

        finishAll();
        assertThat(names).startsWith("w0", "w1", "w2", "urgent");
    }

    @Test
    void thereIsRoomForTwiceOfWhatMayRun() {
        assertThat(dispatcher.room()).isEqualTo(6);
        dispatcher.add(IntStream.range(0, 6).mapToObj(i -> work("w" + i, null)).toList());
        assertThat(dispatcher.room()).isZero();
    }

    @Test
    void whatWaitedTooLongIsGivenBackAndNotRun() {
        dispatcher.add(IntStream.range(0, 4).mapToObj(i -> work("a" + i, "a")).toList());

        assertThat(dispatcher.tired(System.nanoTime() - 1_000_000_000L)).isEmpty();
        assertThat(dispatcher.tired(System.nanoTime() + 1)).extracting(Work::id).containsExactly("a2", "a3");
        finishAll();
        assertThat(names).containsExactly("a0", "a1");
    }

    @Test
    void whatSomebodyWaitsForIsNeverGivenBack() {
        dispatcher.add(IntStream.range(0, 3).mapToObj(i -> work("a" + i, "a")).toList());
        dispatcher.addFirst(new Work("urgent", "a", () -> names.add("urgent"), true, System.nanoTime()));

        assertThat(dispatcher.tired(System.nanoTime() + 1)).extracting(Work::id).containsExactly("a2");
    }

    @Test
    void aTaskThatFailsGivesItsPlaceBack() {
        dispatcher.add(List.of(new Work(
                "bad",
                "a",
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                false,
                System.nanoTime())));
        try {
            started.removeFirst().run();
        } catch (IllegalStateException e) {
            // On purpose.
        }
        assertThat(dispatcher.running()).isZero();
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        dispatcher.stop();
        dispatcher.add(List.of(work("late", null)));

        assertThat(started).isEmpty();
        assertThat(dispatcher.room()).isZero();
    }

    private Work work(String name, String host) {
        return new Work(name, host, () -> names.add(name), false, System.nanoTime());
    }

    private void finishAll() {
        while (!started.isEmpty()) {
            started.removeFirst().run();
        }
    }
}
