package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One attempt for each send (S5), with nothing before it and nothing after it (S6).
interface AttemptRules {
  int SENDS = 30;

  SinkUnderTest sinkUnderTest();

  @Test
  default void s05MakesOneAttemptOnAFreshConnectionThatIsCut() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("a line"), Faults.DISCONNECT);

    assertThat(sink.fixture.requests()).isEqualTo(1);
  }

  @Test
  default void s05MakesOneAttemptWhateverTheAnswer() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    int requests = 0;
    for (Fault refusal : Faults.refusals()) {
      sink.send(sink.batch("a line"), refusal);
      assertThat(sink.fixture.requests()).as("%s", refusal).isEqualTo(++requests);
    }
  }

  @Test
  default void s05RepeatsOnceAtMostOnADeadConnection() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("before the freeze"));
    int before = sink.fixture.requests();

    sink.send(sink.batch("after it"), Faults.DEAD_CONNECTION, Faults.DISCONNECT);

    assertThat(sink.fixture.requests() - before).isBetween(1, 2);
  }

  @Test
  default void s05ConnectionLostInAFreezeIsNoFailure() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("before the freeze"));

    assertThat(sink.send(sink.batch("after it"), Faults.DEAD_CONNECTION))
        .matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived()).containsExactly("before the freeze", "after it");
  }

  @Test
  default void s05ConnectionClosedInAFreezeIsNoFailure() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("before the freeze"));

    assertThat(sink.send(sink.batch("after it"), Faults.CLOSED_CONNECTION))
        .matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived()).containsExactly("before the freeze", "after it");
  }

  @Test
  default void s06DeliveredIsWhatTheDestinationHolds() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line", "another"))).matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived()).containsExactly("a line", "another");
  }

  @Test
  default void s06DeliveredIsNothingThatWasNotAcknowledged() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    List<Fault> faults = new ArrayList<>(Faults.refusals());
    faults.addAll(Faults.unknownOutcomes());
    for (Fault fault : faults) {
      assertThat(sink.send(sink.batch("a line"), fault).isDelivered()).as("%s", fault).isFalse();
    }
  }

  @Test
  default void s06NoThreadWorksOnAfterReturn() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("a line"));
    assertThat(sink.straysAfterGrace()).isEmpty();
    for (Fault fault : Faults.all()) {
      sink.send(sink.batch("another line"), fault);
      assertThat(sink.straysAfterGrace()).as("%s", fault).isEmpty();
    }
  }

  @Test
  default void s06NothingOfABatchLeavesWithALaterOne() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("never arrives"), Faults.UNAVAILABLE);
    sink.send(sink.batch("never arrives either"), Faults.HANG);
    sink.send(sink.batch("arrives"));
    sink.closeSink();

    assertThat(sink.fixture.arrived()).containsExactly("arrives");
  }

  @Test
  default void s06ThreadsDoNotAddUp() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("a line"));
    sink.send(sink.batch("a line"), Faults.DISCONNECT);
    sink.send(sink.batch("a line"));
    int before = sink.lane.descendants().size();

    for (int i = 0; i < SENDS; i++) {
      sink.send(sink.batch("line " + i), i % 3 == 0 ? Faults.DISCONNECT : Faults.OK);
    }

    assertThat(Wait.within(sink.grace, () -> sink.lane.descendants().size() <= before))
        .as("threads now: %s", sink.lane.descendants())
        .isTrue();
  }
}
