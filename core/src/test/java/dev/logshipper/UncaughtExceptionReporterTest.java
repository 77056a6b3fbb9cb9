package dev.logshipper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.sink.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class UncaughtExceptionReporterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final UncaughtExceptionReporter failures =
      new UncaughtExceptionReporter(
          new PrintingDiagnostics(new PrintStream(out, true, UTF_8), Level.WARN));

  @Test
  void kindAndPlaceAreSaidTheMessageIsNot() {
    failures.uncaughtException(Thread.currentThread(), new IllegalStateException("hunter2"));

    assertThat(out.toString(UTF_8))
        .startsWith("log-shipper: a thread ended with java.lang.IllegalStateException at ")
        .contains("UncaughtExceptionReporterTest.kindAndPlaceAreSaid")
        .doesNotContain("hunter2");
  }

  @Test
  void failureWithoutAPlaceIsSaidToo() {
    IllegalStateException failure = new IllegalStateException("hunter2");
    failure.setStackTrace(new StackTraceElement[0]);

    failures.uncaughtException(Thread.currentThread(), failure);

    assertThat(out)
        .hasToString("log-shipper: a thread ended with java.lang.IllegalStateException\n");
  }
}
