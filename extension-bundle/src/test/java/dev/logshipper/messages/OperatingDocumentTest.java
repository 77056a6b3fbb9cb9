package dev.logshipper.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.LaneLedger.DropReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Applies the expressions of `docs/operating.md` to ledgers, and looks for each field in its
/// table.
class OperatingDocumentTest {
  private static final Pattern EXPRESSION = Pattern.compile("(?m)^\\| `%([^%]+)%` \\|");

  @Test
  void healthyLedgerRaisesNoAlarm() throws IOException {
    assertThat(alarms(ledger(10, 0, 0) + " platform_dropped=0 malformed=0"))
        .containsExactly(false, false, false);
  }

  @Test
  void eachLossRaisesItsAlarm() throws IOException {
    assertThat(alarms(ledger(9, 1, 0) + " platform_dropped=0 malformed=0"))
        .containsExactly(true, false, false);
    assertThat(alarms(ledger(0, 0, 10) + " platform_dropped=0 malformed=0"))
        .containsExactly(false, true, false);
    assertThat(alarms(ledger(10, 0, 0) + " platform_dropped=35 malformed=0"))
        .containsExactly(false, false, true);
  }

  @Test
  void eachReasonOfALossIsExplained() throws IOException {
    for (DropReason reason : DropReason.values()) {
      assertThat(document()).contains("| `dropped_" + LaneLedger.word(reason) + "` |");
    }
  }

  private static List<Boolean> alarms(String ledger) throws IOException {
    return EXPRESSION
        .matcher(document())
        .results()
        .map(row -> Pattern.compile(row.group(1)).matcher("log-shipper: " + ledger).find())
        .toList();
  }

  private static String ledger(long delivered, long dropped, long undelivered) {
    Map<DropReason, Long> reasons = dropped == 0 ? Map.of() : Map.of(DropReason.REJECTED, dropped);
    long received = delivered + dropped + undelivered;
    return new LaneLedger("loki", received, delivered, reasons, undelivered, 3, 1).line();
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("..", "docs", "operating.md"));
  }
}
