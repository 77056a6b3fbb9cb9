package dev.logshipper.sandbox.destination.loki;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The handling of entries by a Loki with default limits: times, sizes, duplicates. The stand-in
/// and, if installed, a real one have to pass the same tests.
public abstract class LokiEntryRules extends LokiTestBase {
  private static final Duration TICK = Duration.ofNanos(1);

  @Test
  void equalEntriesOfOneNanosecondSilentlyBecomeOne() throws Exception {
    assertStatus(204, push(entry(nanos, "twin"), entry(nanos, "twin")));

    assertThat(kept()).containsExactly("twin");
  }

  @Test
  void equalEntriesWithOtherMetadataAreBothStored() throws Exception {
    assertStatus(204, push(entry(nanos, "twin", "a", "1"), entry(nanos, "twin", "a", "2")));

    assertThat(kept()).containsExactly("twin", "twin");
  }

  @Test
  void equalEntriesOneNanosecondApartAreBothStored() throws Exception {
    assertStatus(204, push(entry(nanos, "twin"), entry(nanos + 1, "twin")));

    assertThat(kept()).containsExactly("twin", "twin");
  }

  @Test
  void repeatedPushChangesNothing() throws Exception {
    LokiEntry[] entries = {entry(nanos, "a", "id", "1"), entry(nanos + 1, "b"), entry(nanos, "c")};
    assertStatus(204, push(entries));
    List<LokiEntry> before = entries();

    assertStatus(204, push(entries));

    assertThat(entries()).hasSize(3).isEqualTo(before);
  }

  @Test
  void hundredEntriesOfOneNanosecondAreStoredInAnotherOrder() throws Exception {
    List<String> lines = numbered(100);
    assertStatus(204, push(entries(lines, Duration.ZERO)));

    assertThat(kept()).containsExactlyInAnyOrderElementsOf(lines).isNotEqualTo(lines);
  }

  @Test
  void hundredEntriesOneNanosecondApartKeepTheirOrder() throws Exception {
    List<String> lines = numbered(100);
    assertStatus(204, push(entries(lines, TICK)));

    assertThat(kept()).isEqualTo(lines);
  }

  @Test
  void entryHalfAnHourBehindTheNewestIsStored() throws Exception {
    assertStatus(204, push(entry(nanos, "newest")));
    assertStatus(204, push(entry(ago(Duration.ofMinutes(30)), "behind")));

    assertThat(kept()).containsExactly("behind", "newest");
  }

  @Test
  void entryThreeHoursBehindTheNewestIsRejectedAndCounted() throws Exception {
    assertStatus(204, push(entry(nanos, "newest")));

    HttpResponse<String> response =
        push(entry(ago(Duration.ofHours(3)), "behind"), entry(nanos, "valid"));

    assertStatus(400, response);
    assertThat(response.body())
        .contains("reason: 'entry too far behind, entry timestamp is: ")
        .contains("total ignored: 1 out of 2 for stream: {");
    assertThat(kept()).containsExactlyInAnyOrder("newest", "valid");
  }

  @Test
  void streamMayBeginSixDaysAgo() throws Exception {
    assertStatus(204, push(entry(ago(Duration.ofDays(6)), "old")));

    assertThat(kept()).containsExactly("old");
  }

  @Test
  void entryEightDaysOldIsRejectedAndTheValidOneIsStored() throws Exception {
    HttpResponse<String> response =
        push(entry(ago(Duration.ofDays(8)), "old"), entry(nanos, "good"));

    assertStatus(400, response);
    assertThat(response.body())
        .contains("has timestamp too old: ")
        .contains(", oldest acceptable timestamp is: ");
    assertThat(kept()).containsExactly("good");
  }

  @Test
  void entryFiveMinutesAheadIsStored() throws Exception {
    assertStatus(204, push(entry(ago(Duration.ofMinutes(-5)), "ahead")));

    assertThat(kept()).containsExactly("ahead");
  }

  @Test
  void entryFifteenMinutesAheadIsRejected() throws Exception {
    HttpResponse<String> response = push(entry(ago(Duration.ofMinutes(-15)), "ahead"));

    assertStatus(400, response);
    assertThat(response.body()).contains("has timestamp too new: ");
    assertThat(kept()).isEmpty();
  }

  @Test
  void lineOf262144BytesIsStored() throws Exception {
    String line = "é".repeat(131_072);
    assertStatus(204, push(entry(nanos, line)));

    assertThat(kept()).containsExactly(line);
  }

  @Test
  void lineOfOneByteMoreIsRejectedAndTheOtherStored() throws Exception {
    HttpResponse<String> response =
        push(entry(nanos, "x".repeat(262_145)), entry(nanos + 1, "good"));

    assertStatus(400, response);
    assertThat(response.body())
        .contains("max entry size '262144' bytes exceeded for stream '{")
        .contains("adding an entry with length '262145' bytes");
    assertThat(kept()).containsExactly("good");
  }

  @Test
  void equalErrorsAreReportedOnceWithTheirNumber() throws Exception {
    String tooLong = "x".repeat(262_145);

    HttpResponse<String> response =
        push(entry(nanos, tooLong), entry(nanos + 1, tooLong), entry(nanos + 2, "good"));

    assertStatus(400, response);
    assertThat(response.body()).startsWith("2 errors like: max entry size ").endsWith("bytes\n");
    assertThat(kept()).containsExactly("good");
  }

  @Test
  void emptyLineIsStored() throws Exception {
    assertStatus(204, push(entry(nanos, "")));

    assertThat(kept()).containsExactly("");
  }

  @Test
  void lineWithNewlineAndNulIsStoredUnchanged() throws Exception {
    assertStatus(204, push(entry(nanos, "a\nb\0c")));

    assertThat(kept()).containsExactly("a\nb\0c");
  }

  @Test
  void pushOf3Point9MegabytesIsStored() throws Exception {
    assertStatus(204, push(megabytes(39)));

    assertThat(kept()).hasSize(39);
  }

  @Test
  void pushOf5MegabytesIsAServerErrorAndLost() throws Exception {
    HttpResponse<String> response = push(megabytes(50));

    assertStatus(500, response);
    assertThat(response.body()).contains("received message larger than max (").contains("4194304)");
    assertThat(kept()).isEmpty();
  }

  @Test
  void pushOf5Point9MegabytesIsAServerErrorAndLost() throws Exception {
    assertStatus(500, push(megabytes(59)));

    assertThat(kept()).isEmpty();
  }

  @Test
  void pushOf7MegabytesIsRejectedHoweverOftenItIsSent() throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      HttpResponse<String> response = push(megabytes(70));

      assertStatus(429, response);
      assertThat(response.body())
          .contains("ingestion rate limit exceeded for user fake (limit: ")
          .contains("while attempting to ingest '70' lines totaling '7000000' bytes");
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void overheadOfShortLinesCountsTowardsTheLimit() throws Exception {
    List<String> lines =
        IntStream.range(0, 60_000).mapToObj("a short line, %020d"::formatted).toList();

    assertStatus(500, push(entries(lines, TICK)));
  }

  /// This number of lines of 100,000 bytes.
  private LokiEntry[] megabytes(int tenths) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < tenths; i++) {
      lines.add("%06d".formatted(i) + "x".repeat(99_994));
    }
    return entries(lines, TICK);
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj("%03d"::formatted).toList();
  }

  private long ago(Duration duration) {
    return nanos - duration.toNanos();
  }
}
