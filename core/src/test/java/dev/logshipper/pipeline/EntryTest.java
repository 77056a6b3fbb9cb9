package dev.logshipper.pipeline;

import dev.logshipper.testkit.Canary;
import dev.logshipper.testkit.Records;
import org.junit.jupiter.api.Test;

class EntryTest {

  @Test
  void lineInTheBufferIsNotTold() {
    Canary.isNotIn(new Entry(Records.line(Canary.WORD), 1, 2, 3));
  }
}
