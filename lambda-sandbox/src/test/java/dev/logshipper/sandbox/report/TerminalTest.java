package dev.logshipper.sandbox.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void plainOutputHasNoColoursAndNoProgress() {
    Terminal terminal = Terminal.plain(out);

    terminal.progress("at work");
    terminal.line(terminal.good("done"));

    assertThat(bytes.toString(UTF_8)).isEqualTo("done\n");
  }

  @Test
  void progressOnATerminalIsReplacedByTheNextLine() {
    Terminal terminal = new Terminal(out, true, false, 80);

    terminal.progress("at work");
    terminal.line(terminal.good("done"));

    assertThat(bytes.toString(UTF_8)).isEqualTo("at work\r\033[Kdone\n");
  }

  @Test
  void longLinesAreCutOnATerminalOnly() {
    String text = "x".repeat(200);

    assertThat(new Terminal(out, true, false, 80).cut(text)).hasSize(79).endsWith("…");
    assertThat(Terminal.plain(out).cut(text)).isEqualTo(text);
  }
}
