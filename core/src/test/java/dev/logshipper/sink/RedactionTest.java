package dev.logshipper.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.testkit.Canary;
import dev.logshipper.testkit.CapturedOutput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What core hands to a sink tells neither a line nor a secret by itself.
class RedactionTest {
  private static final String TIME = "2026-11-21T10:15:30.123Z";

  @Test
  void linesAreNotTold() {
    byte[] content = Canary.WORD.getBytes(UTF_8);
    LogRecord text = LogRecord.text(TIME, "function", Canary.WORD, content);
    LogRecord json = LogRecord.json(TIME, "function", Canary.WORD, content);
    Batch batch = new Batch("b-1", List.of(text, json));

    Canary.isNotIn(text, json, batch, batch.records(), batch.remainder(List.of(1)));
  }

  @Test
  void settingsAreNotTold() {
    Setting<String> token = Setting.required("TOKEN", Parsers.text(), "A token.").secret();
    Settings settings = Settings.of(Map.of("TOKEN", Canary.WORD), List.of(token));
    FunctionIdentity function = new FunctionIdentity("f", "1", "eu-west-1", 128, null, null);

    Canary.isNotIn(new SinkContext(settings, () -> function, new CapturedOutput().diagnostics()));
  }
}
