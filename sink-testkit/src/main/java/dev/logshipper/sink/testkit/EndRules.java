package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A send returns by its deadline, and at once when interrupted (S7).
interface EndRules {
  SinkUnderTest sinkUnderTest();

  @Test
  default void s07ReturnsByTheDeadlineWithoutAResponse() throws Exception {
    assertReturnsInTime(Faults.HANG, sinkUnderTest().shortly);
  }

  @Test
  default void s07ReturnsByTheDeadlineWhileTheResponseTrickles() throws Exception {
    assertReturnsInTime(Faults.TRICKLE, sinkUnderTest().shortly);
  }

  @Test
  default void s07ReturnsAtOnceAfterTheDeadline() throws Exception {
    assertReturnsInTime(Faults.HANG, Duration.ZERO);
  }

  @Test
  default void s07SendsAgainAfterATimeout() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    for (Fault endless : List.of(Faults.HANG, Faults.TRICKLE)) {
      sink.send(sink.batch("before " + endless));
      sink.send(sink.batch("too late"), endless);

      assertThat(sink.send(sink.batch("after " + endless))).matches(Outcome::isDelivered);
    }
    assertThat(sink.fixture.arrived())
        .containsExactly(
            "before " + Faults.HANG,
            "after " + Faults.HANG,
            "before " + Faults.TRICKLE,
            "after " + Faults.TRICKLE);
  }

  @Test
  default void s07InterruptEndsASendWithoutAResponse() throws Exception {
    assertInterruptEnds(Faults.HANG);
  }

  @Test
  default void s07InterruptEndsASendWhileTheResponseTrickles() throws Exception {
    assertInterruptEnds(Faults.TRICKLE);
  }

  @Test
  default void s07EarlierInterruptEndsTheSend() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertInterrupted(sink.beginInterrupted(sink.batch("a line"), Faults.HANG));
  }

  private void assertReturnsInTime(Fault fault, Duration within) throws InterruptedException {
    SinkUnderTest sink = sinkUnderTest();

    Outcome outcome = sink.end(sink.begin(sink.batch("a line"), within, fault));

    assertThat(outcome.took()).as("%s", outcome).isLessThanOrEqualTo(within.plus(sink.grace));
  }

  private void assertInterruptEnds(Fault fault) throws InterruptedException {
    SinkUnderTest sink = sinkUnderTest();
    Future<Outcome> send = sink.begin(sink.batch("a line"), SinkUnderTest.AMPLE, fault);
    Wait.until(() -> sink.fixture.requests() > 0);

    sink.lane.interrupt();

    assertInterrupted(send);
  }

  private void assertInterrupted(Future<Outcome> send) throws InterruptedException {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(Wait.within(sink.grace, send::isDone)).as("it returned in time").isTrue();
    assertThat(sink.end(send).thrown()).isInstanceOf(InterruptedException.class);
  }
}
