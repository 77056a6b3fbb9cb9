package dev.logshipper.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.kinesis.PackedBatch.PackedRecord;
import dev.logshipper.sink.support.text.JsonReader;
import java.util.ArrayList;
import java.util.List;

/// Reads packed batches back, and checks them against the limits of Firehose.
final class PackedBatches {
  private PackedBatches() {}

  static byte[] bytes(PackedRecord record) {
    return record.data().asByteArrayUnsafe();
  }

  static String text(PackedRecord record) {
    return record.data().asUtf8String();
  }

  static String text(PackedBatch packed) {
    StringBuilder text = new StringBuilder();
    for (PackedRecord record : packed.records()) {
      text.append(text(record));
    }
    return text.toString();
  }

  static int total(PackedBatch packed) {
    return packed.records().stream().mapToInt(record -> bytes(record).length).sum();
  }

  static List<String> ranges(PackedBatch packed) {
    return packed.records().stream().map(record -> record.first() + "-" + record.last()).toList();
  }

  static List<String> messages(PackedBatch packed) throws Exception {
    List<String> messages = new ArrayList<>();
    for (String line : text(packed).lines().toList()) {
      JsonReader json = new JsonReader(line.getBytes(UTF_8));
      assertThat(json.find("message".getBytes(UTF_8))).isTrue();
      messages.add(json.string());
    }
    return messages;
  }

  static String joinParts(List<String> messages) {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < messages.size(); i++) {
      String prefix = "[part " + (i + 1) + " of " + messages.size() + "] ";
      assertThat(messages.get(i)).startsWith(prefix);
      whole.append(messages.get(i), prefix.length(), messages.get(i).length());
    }
    return whole.toString();
  }

  static void assertRangesHaveNoGaps(PackedBatch packed, int records) {
    int next = 0;
    for (PackedRecord record : packed.records()) {
      assertThat(record.first()).isEqualTo(next);
      next = record.last() + 1;
    }
    assertThat(next).isEqualTo(records);
  }

  static void assertWithinLimits(PackedBatch packed) {
    assertThat(packed.records()).hasSizeBetween(1, 500);
    assertThat(total(packed)).isLessThanOrEqualTo(RecordPacker.CALL_BYTES_MAX);
    for (PackedRecord record : packed.records()) {
      assertThat(bytes(record)).hasSizeBetween(1, RecordPacker.RECORD_BYTES_MAX);
      assertThat(bytes(record)).endsWith((byte) '\n');
    }
  }
}
