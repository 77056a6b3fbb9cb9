package dev.logshipper.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger.DropReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneLedgerTest {
  @Test
  void theLineNamesWhatBecameOfEveryRecord() {
    LaneLedger ledger =
        new LaneLedger(
            "s3",
            20,
            10,
            Map.of(DropReason.SINK_OFF, 1L, DropReason.OVERFLOW, 4L, DropReason.REJECTED, 0L),
            5,
            7,
            2);
    assertThat(ledger.line())
        .isEqualTo(
            "ledger sink=s3 received=20 delivered=10 dropped=5 dropped_overflow=4"
                + " dropped_sink_off=1 left_behind=5 requests=7 retries=2");
  }

  @Test
  void aLineWithoutLossesNamesNoReason() {
    assertThat(new LaneLedger("http", 0, 0, Map.of(), 0, 0, 0).line())
        .isEqualTo(
            "ledger sink=http received=0 delivered=0 dropped=0 left_behind=0 requests=0 retries=0");
  }
}
