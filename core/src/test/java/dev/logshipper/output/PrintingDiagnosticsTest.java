package dev.logshipper.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.Diagnostics;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.testkit.CapturedOutput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintingDiagnosticsTest {
  @Test
  void aLineIsPrefixedAndSaidOnce() {
    CapturedOutput said = new CapturedOutput();
    said.diagnostics().warn("no route");
    said.diagnostics().warn("no route");
    said.diagnostics().info("no route");
    assertThat(said.text()).isEqualTo("log-shipper: no route\n");
  }

  @Test
  void aTextWithLineBreaksStaysOneLine() {
    CapturedOutput said = new CapturedOutput();
    said.diagnostics().info("a\nb\r\nc");
    assertThat(said.text()).isEqualTo("log-shipper: a b  c\n");
  }

  @ParameterizedTest
  @CsvSource({"OFF,0", "WARN,1", "INFO,2", "DEBUG,3"})
  void aLevelLetsThroughWhatIsNotAboveIt(Level level, int lines) {
    CapturedOutput said = new CapturedOutput(level);
    said.diagnostics().warn("w");
    said.diagnostics().info("i");
    said.diagnostics().debug("d");
    assertThat(said.lines()).hasSize(lines);
  }

  @Test
  void thereIsAnEndToWhatIsSaid() {
    CapturedOutput said = new CapturedOutput();
    for (int i = 0; i < 10_000; i++) {
      said.diagnostics().warn("line " + i);
    }
    assertThat(said.lines()).hasSize(201).last().asString().contains("further messages suppressed");
  }

  @Test
  void linesForDebuggingArePrintedEachTimeAndHaveALimitOfTheirOwn() {
    CapturedOutput said = new CapturedOutput(Level.DEBUG);
    assertThat(said.diagnostics().isDebug()).isTrue();
    assertThat(new CapturedOutput().diagnostics().isDebug()).isFalse();
    for (int i = 0; i < 10_100; i++) {
      said.diagnostics().debug("next attempt in 250 ms");
    }
    said.diagnostics().warn("no route");
    assertThat(said.lines()).hasSize(10_001).last().asString().endsWith("no route");
  }

  @Test
  void theLastWordIsSaidWhateverWasSaidBefore() {
    CapturedOutput said = new CapturedOutput();
    for (int i = 0; i < 10_000; i++) {
      said.diagnostics().warn("line " + i);
    }
    said.diagnostics().summary(Level.WARN, "the ledger");
    assertThat(said.lines()).last().asString().endsWith("the ledger");
  }

  @Test
  void aLineOfTheLauncherIsKeptAndNotPrintedAgain() {
    CapturedOutput said = new CapturedOutput();
    List<LogRecord> kept = said.diagnostics().keepWarnings(() -> 0);
    said.diagnostics().keepOfLauncher("Java exited with status 137");
    assertThat(said.lines()).isEmpty();
    assertThat(kept)
        .extracting(LogRecord::text)
        .containsExactly("log-shipper: Java exited with status 137");
    CapturedOutput off = new CapturedOutput(Level.OFF);
    List<LogRecord> none = off.diagnostics().keepWarnings(() -> 0);
    off.diagnostics().keepOfLauncher("Java exited with status 137");
    assertThat(none).isEmpty();
  }

  @Test
  void concurrentLinesAreWhole() throws InterruptedException {
    CapturedOutput said = new CapturedOutput();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int number = t;
      threads.add(Thread.ofPlatform().start(() -> sayMany(said.diagnostics(), number)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(said.lines())
        .hasSize(160)
        .allMatch(line -> line.matches("log-shipper: \\d-\\d+ end"));
  }

  private static void sayMany(Diagnostics diagnostics, int thread) {
    for (int i = 0; i < 40; i++) {
      diagnostics.info(thread + "-" + i + " end");
    }
  }
}
