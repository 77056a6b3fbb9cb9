package dev.logshipper.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightRecorderTest {
  private static final String TIME = "2026-01-01T00:00:00.000Z";
  private static final long ROOM = 1 << 20;

  private final List<String> shipped = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private FlightRecorder recorder = recorder(ROOM, null);

  @Test
  void invocationThatEndsWellLeavesOneSummaryAndItsWarnings() {
    start("a");
    line("a", "level=info msg=one");
    line("a", "level=warn msg=two");
    line("a", "three");
    end("a", "success", 12.5);
    assertThat(shipped).containsExactly("level=warn msg=two");
    report("a", "success", 12.5, 13);
    assertThat(shipped)
        .containsExactly(
            "level=warn msg=two",
            "{\"status\":\"success\",\"lines\":{\"INFO\":1,\"WARN\":1,\"none\":1},\"bytes\":41,"
                + "\"durationMs\":12.5,\"billedDurationMs\":13}");
    assertThat(recorder.takeLetGo()).isEqualTo(5);
    assertThat(recorder.heldBytes()).isZero();
    assertThat(recorder.close()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"failure", "error", "timeout", ""})
  void invocationThatDoesNotEndWellIsShippedWhole(String status) {
    start("a");
    line("a", "one");
    end("a", status, 1);
    report("a", status, 1, 1);
    assertThat(shipped).hasSize(4).contains("one");
    assertThat(recorder.takeLetGo()).isZero();
  }

  @Test
  void lineOfErrorShipsWhatWasHeldAndAllThatFollows() {
    start("a");
    line("a", "one");
    line("a", "level=error msg=two");
    line("a", "three");
    end("a", "success", 1);
    assertThat(shipped).hasSize(5).containsSubsequence("one", "level=error msg=two", "three");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Traceback (most recent call last):",
        "boom: java.lang.IllegalStateException\n\tat com.example.Handler.handle(Handler.java:7)",
        "panic: runtime error: index out of range",
        "2026/01/01 00:00:00 {\"errorMessage\":\"boom\",\"errorType\":\"errorString\"}",
      })
  void uncaughtErrorOfARuntimeShipsItsInvocationThoughThePlatformReportsSuccess(String line) {
    line("a", "one");
    line("a", line);
    end("a", "success", 1);
    assertThat(shipped).containsSubsequence("one", line);
  }

  @Test
  void slowInvocationIsShipped() {
    recorder =
        new FlightRecorder(new RecorderRules(Severity.WARN, Duration.ofMillis(100)), ROOM, null);
    line("a", "one");
    end("a", "success", 100.1);
    line("b", "two");
    end("b", "success", 100.0);
    assertThat(shipped).contains("one").doesNotContain("two");
  }

  @Test
  void reportAloneDecidesIfTheEndWasLost() {
    line("a", "one");
    report("a", "timeout", 3000, 3000);
    line("b", "two");
    report("b", "success", 1, 1);
    assertThat(shipped).contains("one").doesNotContain("two");
  }

  @Test
  void invocationWithoutAnEndIsShippedWhenTheNextStartsOrTheEnvironmentEnds() {
    start("a");
    line("a", "one");
    start("b");
    line("b", "two");
    assertThat(shipped).containsSubsequence("one").doesNotContain("two");
    assertThat(recorder.close()).extracting(LogRecord::text).contains("two");
    assertThat(recorder.heldBytes()).isZero();
  }

  @Test
  void lateLinesShareTheFateOfTheirInvocation() {
    line("a", "one");
    end("a", "success", 1);
    line("a", "late");
    line("b", "two");
    end("b", "error", 1);
    line("b", "late too");
    assertThat(shipped).containsSubsequence("two", "late too").doesNotContain("one", "late");
  }

  @Test
  void retryWithTheSameIdIsAnInvocationOfItsOwn() {
    start("a");
    line("a", "first");
    end("a", "error", 1);
    start("a");
    line("a", "second");
    end("a", "success", 1);
    assertThat(shipped).contains("first").doesNotContain("second");
  }

  @Test
  void heldRecordsAreBoundedAndTheOldestAreDropped() {
    recorder = recorder(1_000, null);
    for (int i = 0; i < 50; i++) {
      line("a", "line " + i);
    }
    assertThat(recorder.heldBytes()).isLessThanOrEqualTo(1_000);
    end("a", "error", 1);
    long dropped = recorder.takeOverflowed();
    assertThat(dropped).isPositive();
    assertThat(shipped.size() + dropped).isEqualTo(51);
    assertThat(shipped).contains("line 49").doesNotContain("line 0");
  }

  @Test
  void recordsDroppedForLackOfRoomCountOnlyIfTheirInvocationIsShipped() {
    recorder = recorder(1_000, null);
    start("a");
    for (int i = 0; i < 50; i++) {
      line("a", "line " + i);
    }
    end("a", "success", 1);
    assertThat(recorder.takeOverflowed()).isZero();
    // With the two events of the platform.
    assertThat(recorder.takeLetGo()).isEqualTo(52);
  }

  @Test
  void typesThatAreNotWantedInformAndAreNotShipped() {
    line("a", "one");
    recorder.accept(event("platform.runtimeDone", "a", "error", 1), false, this::ship);
    assertThat(shipped).containsExactly("one");
  }

  @Test
  void linesOfConcurrentInvocationsAreTakenByTheirIdAndShippedWithoutOne() {
    recorder = recorder(ROOM, () -> warnings.add("no id"));
    start("a");
    start("b");
    line("a", "of a");
    line("b", "of b");
    line(null, "of nobody");
    line(null, "again");
    end("b", "success", 1);
    end("a", "error", 1);
    assertThat(shipped).contains("of a", "of nobody", "again").doesNotContain("of b");
    assertThat(warnings).containsExactly("no id");
  }

  private static FlightRecorder recorder(long heldBytesMax, @Nullable Runnable onLineWithoutId) {
    return new FlightRecorder(
        new RecorderRules(Severity.WARN, null), heldBytesMax, onLineWithoutId);
  }

  private void start(String id) {
    recorder.accept(
        LogRecord.json(TIME, "platform.start", id, "{}".getBytes(UTF_8)), true, this::ship);
  }

  private void line(@Nullable String id, String text) {
    recorder.accept(LogRecord.text(TIME, "function", id, text.getBytes(UTF_8)), true, this::ship);
  }

  private void end(String id, String status, double millis) {
    recorder.accept(event("platform.runtimeDone", id, status, millis), true, this::ship);
  }

  private static LogRecord event(String type, String id, String status, double millis) {
    String stated = status.isEmpty() ? "" : "\"status\":\"" + status + "\",";
    String json = "{" + stated + "\"metrics\":{\"durationMs\":" + millis + "}}";
    return LogRecord.json(TIME, type, id, json.getBytes(UTF_8));
  }

  private void report(String id, String status, double millis, int billed) {
    String json =
        "{\"status\":\"%s\",\"metrics\":{\"durationMs\":%s,\"billedDurationMs\":%d}}"
            .formatted(status, millis, billed);
    LogRecord record = LogRecord.json(TIME, "platform.report", id, json.getBytes(UTF_8));
    recorder.accept(record, true, this::ship);
  }

  private void ship(LogRecord record) {
    shipped.add(record.text());
  }
}
