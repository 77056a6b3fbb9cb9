package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A sink retains no records (S12), closes quickly (S13), prints nothing (S14) and logs no secrets
/// or log content (S15).
interface RedactionRules {
  SinkUnderTest sinkUnderTest();

  @Test
  default void s12RetainsNoRecordsAfterASend() throws Exception {
    Map<Fault, WeakReference<Batch>> sent = new LinkedHashMap<>();
    for (Fault fault : List.of(Faults.NONE, Faults.DISCONNECT, Faults.HANG)) {
      sent.put(fault, sendAndForget(fault));
    }

    Wait.within(
        sinkUnderTest().grace.multipliedBy(2),
        () -> {
          System.gc();
          sent.values().removeIf(batch -> batch.refersTo(null));
          return sent.isEmpty();
        });

    assertThat(sent.keySet()).as("batches still reachable, by fault").isEmpty();
  }

  @Test
  default void s13ClosesQuicklyOnAnotherThread() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("a line"));
    String logged = sink.output.text();

    closeElsewhere(sink::closeSink);

    assertThat(sink.output.text()).isEqualTo(logged);
    assertThat(sink.straysAfterGrace()).isEmpty();
  }

  @Test
  default void s13ClosesWithoutASend() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.sink();

    closeElsewhere(sink::closeSink);

    assertThat(sink.output.text()).isEmpty();
    assertThat(sink.fixture.connections()).isZero();
  }

  @Test
  default void s14PrintsNothing() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.sendThroughAll("a line");
    sink.closeSink();

    assertThat(sink.streams.text()).isEmpty();
  }

  @Test
  default void s15NamesItsModeAndEndpoint() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.sink().toString())
        .contains(sink.fixture.provider().mode())
        .contains(sink.fixture.endpoint());
  }

  @Test
  default void s15LogsNoSecretAndNoContent() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.sendThroughAll(Fault.QUOTE);

    StringBuilder text = new StringBuilder();
    text.append(sink.sink()).append('\n').append(sink.output.text());
    for (Outcome outcome : sink.outcomes()) {
      text.append(outcome.text());
    }
    assertThat(text.toString()).doesNotContain(Fault.QUOTE);
    for (String secret : sink.fixture.secrets()) {
      assertThat(text.toString()).doesNotContain(secret);
    }
  }

  private WeakReference<Batch> sendAndForget(Fault fault) throws InterruptedException {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch = sink.batch("a line");
    sink.send(batch, fault);
    return new WeakReference<>(batch);
  }

  private void closeElsewhere(Runnable closing) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other = sinkUnderTest().lane.another(closing);
    other.setUncaughtExceptionHandler((_, e) -> thrown.set(e));
    other.start();
    other.join(sinkUnderTest().grace.toMillis());
    assertThat(other.isAlive()).as("close is quick").isFalse();
    assertThat(thrown.get()).isNull();
  }
}
