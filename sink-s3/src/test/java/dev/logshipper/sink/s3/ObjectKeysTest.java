package dev.logshipper.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.FunctionIdentity;
import dev.logshipper.sink.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectKeysTest {
  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);

  private final AtomicLong drawn = new AtomicLong();
  private final ObjectKeys keys = keys();

  @Test
  void environmentKeepsItsId() {
    assertThat(keys.keyOf(batch("b-1", "r1"))).startsWith("hello/" + FIRST);
    assertThat(keys.keyOf(batch("b-2", "r2"))).startsWith("hello/" + FIRST);
    assertThat(keys.keyOf(batch("b-3", null))).startsWith("hello/" + FIRST);
  }

  @Test
  void environmentsRestoredFromOneSnapshotHaveDifferentIds() {
    // Sent before the snapshot, and again by each environment restored from it.
    String before = keys.keyOf(batch("b-1", null));
    assertThat(keys.keyOf(batch("b-1", null))).isEqualTo(before).startsWith("hello/" + FIRST);

    assertThat(keys.keyOf(batch("b-2", "r1"))).startsWith("hello/" + SECOND);
    assertThat(keys.keyOf(batch("b-3", "r2"))).startsWith("hello/" + SECOND);
  }

  @Test
  void fileDiffersByBatchAndByEnvironmentAndNotByAttempt() {
    String key = keys.keyOf(batch("b-1", "r1"));
    String other = keys.keyOf(batch("b-2", "r1"));
    drawn.set(7);
    String elsewhere = keys().keyOf(batch("b-1", "r1"));

    assertThat(keys.keyOf(batch("b-1", "r1"))).isEqualTo(key);
    assertThat(List.of(file(key), file(other), file(elsewhere))).doesNotHaveDuplicates();
  }

  @Test
  void remainderHasAnotherKey() {
    Batch whole = new Batch("b-1", List.of(record("", "r1"), record("", "r1")));

    assertThat(keys.keyOf(whole.remainder(List.of(1)))).isNotEqualTo(keys.keyOf(whole));
  }

  @Test
  void unreadableTimeIsReplacedByThatOfTheNextRecord() {
    Batch batch =
        new Batch("b", List.of(record("yesterday", "r"), record("2026-11-21T10:15:30.123Z", "r")));

    assertThat(keys.keyOf(batch)).contains("1795256130123");
    assertThat(keys.keyOf(new Batch("c", List.of(record("yesterday", "r"))))).contains("/0.gz");
  }

  private ObjectKeys keys() {
    Settings settings =
        Settings.of(
            Map.of("PUSHER_S3_KEY", "{function}/{environment}/{file}/{millis}"),
            List.of(S3Settings.KEY));
    return new ObjectKeys(
        settings.get(S3Settings.KEY),
        ".gz",
        () -> new FunctionIdentity("hello", "1", "r", 0, null, null),
        () -> new UUID(0, drawn.incrementAndGet()));
  }

  private static String file(String key) {
    return List.of(key.split("/", -1)).get(2);
  }

  private static Batch batch(String id, @Nullable String requestId) {
    return new Batch(id, List.of(record("2026-11-21T10:15:30.123Z", requestId)));
  }

  private static LogRecord record(String time, @Nullable String requestId) {
    return LogRecord.text(time, "function", requestId, "x".getBytes(UTF_8));
  }
}
