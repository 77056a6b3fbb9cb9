package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineJoinerTest {
  private static final String END = "<end>";

  private final List<LogRecord> records = new ArrayList<>();
  private final LineJoiner joiner = new LineJoiner(records::add);

  /// Records are separated by `<end>`, lines of a record by line ends.
  static Arguments[] traces() {
    return new Arguments[] {
      of(
          "Python",
          """
          [ERROR]\t2026-11-28T00:59:13.668Z\treq-0006\tx
          Traceback (most recent call last):
            File "/var/task/app.py", line 14, in handler
              raise ValueError("boom")
          ValueError: boom
          <end>
          next
          <end>
          ValueError: no traceback\
          """),
      of(
          "Python, chained",
          """
          Traceback (most recent call last):
            File "a.py", line 1, in f
          KeyError: 'k'

          During handling of the above exception, another exception occurred:

          Traceback (most recent call last):
            File "a.py", line 2, in f
          ValueError: boom
          <end>
          hi\
          """),
      of(
          "Java",
          """
          2026-11-28 01:14:37  ERROR Orders:5 - failed
          java.lang.IllegalStateException: boom
          \tat shop.Orders.f(Orders.java:5)
          Caused by: java.lang.RuntimeException: inner
          \t... 2 more
          <end>
          2026-11-28 01:14:38  INFO  Orders:5 - next
          <end>
          java.util.NoSuchElementException
          \tat shop.Orders.g(Orders.java:6)\
          """
              .replace("next\n<end>", "next\n<end>\nhi\n<end>")),
      of(
          "Java's logging",
          """
          Nov 28, 2026 1:15:23 AM shop.Orders main
          SEVERE: failed
          java.lang.IllegalStateException: boom
          \tat shop.Orders.main(Orders.java:3)
          <end>
          Nov 28, 2026 1:15:24 AM shop.Orders main
          INFO: hi
          <end>
          INFO: a line of another logger\
          """),
      of(
          "Node",
          """
          Error: boom
              at handler (/var/task/index.js:1:1)
              at Runtime.f (x.js:2:2) {
            code: 'E'
          }
          <end>
          }\
          """),
      of(
          "Go",
          """
          panic: boom
          [signal SIGSEGV: segmentation violation]

          goroutine 1 [running]:
          main.f(0x1)
          \t/app/main.go:5 +0x1d
          created by main.main
          \t/app/main.go:9 +0x2d
          exit status 2
          <end>
          next (line)
          <end>
          2026/11/28 01:10:36 hi\
          """),
      of(
          "Rust",
          """
          thread 'main' panicked at src/main.rs:2:5:
          boom
          note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
          <end>
          note: mine
          <end>
           WARN Lambda runtime invoke{requestId="r"}: hi
          <end>
           WARN Lambda runtime invoke{requestId="r"}: next\
          """),
      of(
          ".NET",
          """
          fail: Shop.Orders[0]
                failed
                System.InvalidOperationException: boom
                   at Shop.Orders.F()
          <end>
          info: Shop.Orders[0]
                hi\
          """),
      of("plain lines", "one\n<end>\ntwo\n<end>\n{ level: 'error' }\n<end>\nthree"),
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  void aTraceIsOneRecord(String kind, String printed) {
    List<String> expected = new ArrayList<>();
    for (String record : printed.split("\n?" + END + "\n", -1)) {
      expected.add(record.stripTrailing());
      for (String line : record.stripTrailing().split("\n", -1)) {
        joiner.add(text(line));
      }
    }
    joiner.flush();

    assertThat(records).extracting(LogRecord::text).containsExactlyElementsOf(expected);
  }

  @Test
  void aJoinedRecordIsItsFirstLineWithMoreText() {
    joiner.add(record("2026-11-28T01:00:00.000Z", "r-1", "[ERROR] failed\n").withTenantId("acme"));
    joiner.add(record("2026-11-28T01:00:01.000Z", "r-1", "\tat x\n").withTenantId("acme"));
    joiner.flush();

    LogRecord joined = records.getFirst();
    assertThat(records).hasSize(1);
    assertThat(joined.text()).isEqualTo("[ERROR] failed\n\tat x\n");
    assertThat(joined.time()).isEqualTo("2026-11-28T01:00:00.000Z");
    assertThat(joined.tenantId()).contains("acme");
    assertThat(joined.severity()).contains(Severity.ERROR);
  }

  @Test
  void linesOfDifferentInvocationsStayApart() {
    joiner.add(record("", "r-1", "one"));
    joiner.add(record("", "r-2", "  two"));
    joiner.add(record("", null, "  three"));
    joiner.flush();

    assertThat(records).hasSize(3);
  }

  @Test
  void recordsOfOtherKindsStayWholeAndSeparateLines() {
    joiner.add(text("one"));
    joiner.add(LogRecord.json("", "function", null, "{\"a\":1}".getBytes(UTF_8)));
    joiner.add(text("  two"));
    joiner.add(LogRecord.text("", "extension", null, "  three".getBytes(UTF_8)));
    joiner.add(text("framed\n\tat x"));
    joiner.add(text("  four"));
    joiner.flush();

    assertThat(records)
        .extracting(LogRecord::text)
        .containsExactly("one", "{\"a\":1}", "  two", "  three", "framed\n\tat x", "  four");
  }

  @Test
  void linesAndBytesOfARecordAreBounded() {
    joiner.add(text("start"));
    for (int i = 0; i < 2 * LineJoiner.LINES_MAX; i++) {
      joiner.add(text("\tat x"));
    }
    joiner.add(text("start"));
    String line = "\t" + "x".repeat(LineJoiner.BYTES_MAX / 4);
    for (int i = 0; i < 20; i++) {
      joiner.add(text(line));
    }
    joiner.flush();

    long lines = records.stream().flatMap(record -> record.text().lines()).count();
    assertThat(lines).isEqualTo(2L * LineJoiner.LINES_MAX + 22);
    assertThat(records)
        .allSatisfy(record -> {
          assertThat(record.sizeBytes()).isLessThanOrEqualTo(LineJoiner.BYTES_MAX);
          assertThat(record.text().lines().count()).isLessThanOrEqualTo(LineJoiner.LINES_MAX);
        });
  }

  @Test
  void emptyLinesAreKept() {
    for (String line : List.of("", "\n", "a\n", "\n", "b")) {
      joiner.add(text(line));
    }
    joiner.flush();

    assertThat(records).extracting(LogRecord::text).containsExactly("\n\n", "a\n\n", "b");
  }

  private static Arguments of(String kind, String printed) {
    return Arguments.of(kind, printed);
  }

  private static LogRecord text(String line) {
    return record("", "r-1", line);
  }

  private static LogRecord record(String time, @Nullable String requestId, String line) {
    return LogRecord.text(time, "function", requestId, line.getBytes(UTF_8));
  }
}
