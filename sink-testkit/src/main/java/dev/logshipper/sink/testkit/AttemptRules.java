package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A send makes one attempt (S5) and does nothing before or after it (S6).
interface AttemptRules {
  int SENDS = 30;

  SinkUnderTest sinkUnderTest();

  @Test
  default void s05MakesOneAttemptWhenANewConnectionIsReset() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("a line"), Faults.DISCONNECT);

    assertThat(sink.fixture.requests()).isEqualTo(1);
  }

  @Test
  default void s05MakesOneAttemptForEveryErrorResponse() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    int requests = 0;
    for (Fault error : Faults.errors()) {
      sink.send(sink.batch("a line"), error);
      assertThat(sink.fixture.requests()).as("%s", error).isEqualTo(++requests);
    }
  }

  @Test
  default void s05ResendsAtMostOnceAfterADeadConnection() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("before the freeze"));
    int before = sink.fixture.requests();

    sink.send(sink.batch("after it"), Faults.DEAD_CONNECTION, Faults.DISCONNECT);

    assertThat(sink.fixture.requests() - before).isBetween(1, 2);
  }

  @Test
  default void s05DeliversAfterAConnectionWasLostInAFreeze() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("before the freeze"));

    assertThat(sink.send(sink.batch("after it"), Faults.DEAD_CONNECTION))
        .matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived()).containsExactly("before the freeze", "after it");
  }

  @Test
  default void s05DeliversAfterAConnectionWasClosedInAFreeze() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("before the freeze"));

    assertThat(sink.send(sink.batch("after it"), Faults.CLOSED_CONNECTION))
        .matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived()).containsExactly("before the freeze", "after it");
  }

  @Test
  default void s06DeliveredRecordsAreStored() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.send(sink.batch("a line", "another"))).matches(Outcome::isDelivered);
    assertThat(sink.fixture.arrived()).containsExactly("a line", "another");
  }

  @Test
  default void s06ReportsNoDeliveryWithoutAcknowledgement() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    List<Fault> faults = new ArrayList<>(Faults.errors());
    faults.addAll(Faults.unknownOutcomes());
    for (Fault fault : faults) {
      assertThat(sink.send(sink.batch("a line"), fault).isDelivered()).as("%s", fault).isFalse();
    }
  }

  @Test
  default void s06NoThreadRunsAfterReturn() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("a line"));
    assertThat(sink.straysAfterGrace()).isEmpty();
    for (Fault fault : Faults.all()) {
      sink.send(sink.batch("another line"), fault);
      assertThat(sink.straysAfterGrace()).as("%s", fault).isEmpty();
    }
  }

  @Test
  default void s06SendsNothingOfAnEarlierBatch() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.send(sink.batch("never arrives"), Faults.UNAVAILABLE);
    sink.send(sink.batch("never arrives either"), Faults.HANG);
    sink.send(sink.batch("arrives"));
    sink.closeSink();

    assertThat(sink.fixture.arrived()).containsExactly("arrives");
  }

  @Test
  default void s06ThreadsDoNotAccumulate() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("a line"));
    sink.send(sink.batch("a line"), Faults.DISCONNECT);
    sink.send(sink.batch("a line"));
    int before = sink.lane.descendants().size();

    for (int i = 0; i < SENDS; i++) {
      sink.send(sink.batch("line " + i), i % 3 == 0 ? Faults.DISCONNECT : Faults.NONE);
    }

    assertThat(Wait.within(sink.grace, () -> sink.lane.descendants().size() <= before))
        .as("threads now: %s", sink.lane.descendants())
        .isTrue();
  }
}
