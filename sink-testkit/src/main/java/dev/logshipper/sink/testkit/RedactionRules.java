package dev.logshipper.sink.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Batch;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a sink does not keep (S12), how it ends (S13), and what it does not say (S14, S15).
interface RedactionRules {
  SinkUnderTest sinkUnderTest();

  @Test
  default void s12LetsGoOfRecordsHoweverASendEnds() throws Exception {
    Map<Fault, WeakReference<Batch>> sent = new LinkedHashMap<>();
    for (Fault answer : List.of(Faults.OK, Faults.DISCONNECT, Faults.HANG)) {
      sent.put(answer, sendAndForget(answer));
    }

    Wait.within(
        sinkUnderTest().grace.multipliedBy(2),
        () -> {
          System.gc();
          sent.values().removeIf(batch -> batch.refersTo(null));
          return sent.isEmpty();
        });

    assertThat(sent.keySet()).as("batches still held, by how they ended").isEmpty();
  }

  @Test
  default void s13ClosesTwiceQuicklyOnAnotherThread() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.send(sink.batch("a line"));
    String said = sink.said.text();

    closeElsewhere(sink::closeSink);
    closeElsewhere(sink.sink()::close);

    assertThat(sink.said.text()).isEqualTo(said);
    assertThat(sink.straysAfterGrace()).isEmpty();
  }

  @Test
  default void s13ClosesUnused() throws Exception {
    SinkUnderTest sink = sinkUnderTest();
    sink.sink();

    closeElsewhere(sink::closeSink);

    assertThat(sink.said.text()).isEmpty();
    assertThat(sink.fixture.connections()).isZero();
  }

  @Test
  default void s14PrintsNothing() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.sendThroughAll("a line");
    sink.closeSink();

    assertThat(sink.printed.text()).isEmpty();
  }

  @Test
  default void s15SaysWhatItIs() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    assertThat(sink.sink().toString())
        .contains(sink.fixture.provider().mode())
        .contains(sink.fixture.endpoint());
  }

  @Test
  default void s15TellsNoSecretAndNoLine() throws Exception {
    SinkUnderTest sink = sinkUnderTest();

    sink.sendThroughAll(Fault.QUOTE);

    StringBuilder words = new StringBuilder();
    words.append(sink.sink()).append('\n').append(sink.said.text());
    for (Outcome outcome : sink.outcomes()) {
      words.append(outcome.words());
    }
    assertThat(words.toString()).doesNotContain(Fault.QUOTE);
    for (String secret : sink.fixture.secrets()) {
      assertThat(words.toString()).doesNotContain(secret);
    }
  }

  private WeakReference<Batch> sendAndForget(Fault answer) throws InterruptedException {
    SinkUnderTest sink = sinkUnderTest();
    Batch batch = sink.batch("a line");
    sink.send(batch, answer);
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
