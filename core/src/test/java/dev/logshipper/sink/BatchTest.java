package dev.logshipper.sink;

import static dev.logshipper.testkit.Records.lines;
import static dev.logshipper.testkit.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
  @Test
  void aBatchKnowsItsRecords() {
    Batch batch = new Batch("id-1", lines("one", "three"));
    assertThat(batch.id()).isEqualTo("id-1");
    assertThat(texts(batch.records())).containsExactly("one", "three");
    assertThat(batch.contentBytes()).isEqualTo(8);
    assertThat(batch).hasToString("batch id-1 of 2 records, 8 bytes");
  }

  @Test
  void aBatchDoesNotChangeWithTheListItWasMadeOf() {
    List<LogRecord> records = new ArrayList<>(lines("a"));
    Batch batch = new Batch("id", records);
    records.clear();
    assertThat(batch.records()).hasSize(1);
    assertThatThrownBy(() -> batch.records().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aBatchIsNeverEmpty() {
    assertThatThrownBy(() -> new Batch("id", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatRemainsKeepsTheOrderUnderADerivedId() {
    Batch batch = new Batch("id", lines("a", "b", "c", "d"));
    Batch remainder = batch.remainder(List.of(1, 3));
    assertThat(texts(remainder.records())).containsExactly("b", "d");
    assertThat(remainder.id()).startsWith("id").isNotEqualTo("id");
    assertThat(remainder.remainder(List.of(0)).id()).isNotEqualTo(remainder.id());
  }

  @ParameterizedTest
  @CsvSource({"0,10,5,0", "1,10,0,0", "1,10,11,0", "1,10,5,-1"})
  void limitsThatNothingCouldKeepAreRefused(int records, int bytes, int recordBytes, int overhead) {
    assertThatThrownBy(() -> new BatchLimits(records, bytes, recordBytes, overhead))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRecordMayBeAsLargeAsABatch() {
    assertThat(new BatchLimits(1, 10, 10, 0).recordBytesMax()).isEqualTo(10);
  }
}
