package dev.latchkey.auth.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.entry.Change.Kind;
import dev.latchkey.auth.entry.Change.Of;
import dev.latchkey.auth.entry.FlowServiceCalls.HeldList;
import dev.latchkey.auth.entry.Listing.HeldSnapshot;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.EventStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveListTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Caller SOMEONE = new Caller(null, null, null, null);

    private final List<String> sent = new ArrayList<>();
    private final Deque<Runnable> started = new ArrayDeque<>();
    private int read;
    private int held;
    private Set<String> recent = Set.of();
    private boolean over;
    private final LiveList list =
            new LiveList(new Stream(), new Entries(), started::add, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void changesWaitUntilTheClientHasItsList() throws CommandException {
        list.offer(change(Kind.UPDATED, "a"));
        list.read(SOMEONE).close();
        list.offer(change(Kind.REMOVED, "a"));
        assertThat(started).isEmpty();

        list.goLive();
        work();

        assertThat(sent).containsExactly("[" + json("updated", "a") + "," + json("removed", "a") + "]");
        assertThat(read).isEqualTo(1);
    }

    @Test
    void whatGathersWhileTheClientTakesAnEventGoesInOne() throws CommandException {
        begin();
        list.offer(change(Kind.UPDATED, "a"));
        list.offer(change(Kind.UPDATED, "b"));
        assertThat(started).hasSize(1);
        work();
        list.offer(change(Kind.UPDATED, "c"));
        work();

        assertThat(sent)
                .containsExactly(
                        "[" + json("updated", "a") + "," + json("updated", "b") + "]",
                        "[" + json("updated", "c") + "]");
    }

    @Test
    void whenTooMuchGathersTheListComesAgainAndWhatCameBeforeIsForgotten() throws CommandException {
        begin();
        for (int i = 0; i <= LiveList.MOST_WAITING; i++) {
            list.offer(change(Kind.UPDATED, "a" + i));
        }
        list.offer(change(Kind.UPDATED, "b"));
        work();

        assertThat(sent).containsExactly("list 2");
        list.offer(change(Kind.UPDATED, "c"));
        work();
        assertThat(sent).containsExactly("list 2", "[" + json("updated", "c") + "]");
    }

    @Test
    void asMuchAsMayGatherIsTold() throws CommandException {
        begin();
        for (int i = 0; i < LiveList.MOST_WAITING; i++) {
            list.offer(change(Kind.UPDATED, "a"));
        }
        work();

        assertThat(sent)
                .singleElement()
                .satisfies(event -> assertThat(event.split("updated")).hasSize(LiveList.MOST_WAITING + 1));
    }

    @Test
    void whatIsInTheListIsNotAddedAgain() throws CommandException {
        recent = Set.of("a");
        begin();
        list.offer(change(Kind.ADDED, "a"));
        list.offer(change(Kind.ADDED, "b"));
        work();

        assertThat(sent).containsExactly("[" + json("updated", "a") + "," + json("added", "b") + "]");
    }

    @Test
    void anAdditionThatComesLateMakesTheListComeAgain() throws CommandException {
        begin();
        list.offer(new Change(Of.ENTRIES, Kind.UPDATED, "a", null, "", NOW.minusSeconds(120)));
        list.offer(new Change(Of.ENTRIES, Kind.ADDED, "a", null, "", NOW.minusSeconds(120)));
        work();

        assertThat(sent).containsExactly("list 2");
    }

    @Test
    void nobodyIsToldOfWhatDoesNotConcernThem() throws CommandException {
        begin();
        list.offer(new Change(Of.FLOWS, Kind.ADDED, "a", null, "", NOW));

        assertThat(started).isEmpty();
    }

    @Test
    void nothingIsReadForWhoDoesNotListenAnyMore() throws CommandException {
        begin();
        list.startOver();
        over = true;
        work();
        list.offer(change(Kind.UPDATED, "a"));
        list.startOver();

        assertThat(started).isEmpty();
        assertThat(sent).isEmpty();
        assertThat(read).isEqualTo(1);
    }

    @Test
    void theNextListIsReadWhenThisOneIsSent() throws CommandException {
        HeldSnapshot first = list.read(SOMEONE);
        assertThat(held).isOne();
        list.send(first);
        assertThat(held).isZero();
        list.goLive();
        list.startOver();
        work();
        assertThat(held).isZero();
        assertThat(sent).containsExactly("list 1", "list 2");
    }

    private void begin() throws CommandException {
        list.read(SOMEONE).close();
        list.goLive();
    }

    private void work() {
        started.removeFirst().run();
    }

    private static Change change(Kind kind, String id) {
        return new Change(Of.ENTRIES, kind, id, "hub", "\"entry\":\"" + id + "\"", NOW);
    }

    private static String json(String type, String id) {
        return "{\"type\":\"" + type + "\",\"entry\":\"" + id + "\"}";
    }

    private final class Entries implements Listing {

        @Override
        public HeldSnapshot read(Caller caller) {
            held++;
            return new HeldSnapshot(new Snapshot("list " + ++read, recent), new HeldList(new byte[0], () -> held--));
        }

        @Override
        public boolean concerns(Change change) {
            return change.of() == Of.ENTRIES;
        }

        @Override
        public Optional<Change> again(Change addition) {
            return Optional.of(addition.as(Kind.UPDATED));
        }
    }

    private final class Stream implements EventStream {

        @Override
        public void send(String event) {
            sent.add(event);
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public void whenOver(Runnable task) {}

        @Override
        public Optional<Caller> caller() {
            return over ? Optional.empty() : Optional.of(SOMEONE);
        }
    }
}
