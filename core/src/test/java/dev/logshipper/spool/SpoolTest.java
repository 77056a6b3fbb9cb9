package dev.logshipper.spool;

import static dev.logshipper.testkit.Pipelines.in;
import static dev.logshipper.testkit.Pipelines.lane;
import static dev.logshipper.testkit.Records.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.sink.Batch;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.SendResult;
import dev.logshipper.testkit.CapturedOutput;
import dev.logshipper.testkit.FakeSink;
import dev.logshipper.testkit.Pipelines;
import dev.logshipper.testkit.Records;
import dev.logshipper.testkit.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpoolTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final long MAX = 1 << 20;

  @TempDir Path temporary;
  private final CapturedOutput output = new CapturedOutput();
  private long now = 1_764_331_200_000L;

  @Test
  void theNextProcessSendsFirstWhatTheLastOneLeft() throws InterruptedException {
    FakeSink down = down();
    Pipeline first = started(down);
    first.accept(lines("a", "b"));
    LaneLedger ledger = first.close(in(SHORT)).getFirst();
    assertThat(ledger.undelivered()).isEqualTo(2);

    FakeSink up = new FakeSink();
    Pipeline second = started(up);
    second.accept(lines("c"));
    assertThat(second.flush(in(LONG))).isTrue();
    assertThat(up.arrived()).containsExactly("a", "b", "c");
    assertThat(second.close(in(LONG)).getFirst().delivered()).isEqualTo(3);
    assertThat(files()).isEmpty();
  }

  @Test
  void theNextProcessSendsWhatHadFailedWhenTheLastOneWasKilled() throws Exception {
    FakeSink down = down();
    Pipeline killed = started(down);
    killed.accept(lines("a"));
    killed.requestFlush();
    Wait.until(() -> !files().isEmpty());
    Path copy = Files.createDirectory(temporary.resolve("copy"));
    Path file = files().getFirst();
    byte[] content = Files.readAllBytes(file);
    killed.close(in(SHORT));
    files().forEach(SpoolTest::delete);
    Files.write(copy.resolve(file.getFileName()), content);
    Files.setPosixFilePermissions(
        copy.resolve(file.getFileName()), PosixFilePermissions.fromString("rw-------"));
    Files.move(copy.resolve(file.getFileName()), file);

    FakeSink up = new FakeSink();
    Pipeline second = started(up);
    Wait.until(() -> up.arrived().equals(List.of("a")));
    assertThat(up.nextSent().id())
        .as("so that the destination recognizes a batch that it has stored")
        .isEqualTo(down.nextSent().id());
    second.close(in(LONG));
    assertThat(files()).isEmpty();
  }

  @Test
  void deliveredBatchesLeaveTheSpool() throws InterruptedException {
    FakeSink sink = new FakeSink().responding(SendResult.retry("busy"), SendResult.DELIVERED);
    Pipeline pipeline = started(sink);
    pipeline.accept(lines("a"));
    assertThat(pipeline.flush(in(LONG))).isTrue();
    Wait.until(() -> files().isEmpty());
    pipeline.close(in(LONG));
    assertThat(files()).isEmpty();
  }

  @Test
  void recordsComeBackWhole() {
    LogRecord json =
        LogRecord.json("2026-11-28T12:00:00.123Z", "function", "id", "{\"a\":1}".getBytes(UTF_8))
            .withTenantId("t")
            .withFields(Map.of("user", "u"));
    LogRecord text = LogRecord.text("odd time", "platform.fault", null, "é".getBytes(UTF_8));
    LaneSpool spool = spool("fake");
    spool.left(List.of(new Batch("id", List.of(json, text))));
    assertThat(files())
        .singleElement()
        .satisfies(file ->
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));

    Batch batch = spool("fake").restore(MAX).getFirst();
    assertThat(batch.id()).isEqualTo("id");
    List<LogRecord> restored = batch.records();
    assertThat(restored).hasSize(2);
    assertThat(restored.getFirst().text()).isEqualTo("{\"a\":1}");
    assertThat(restored.getFirst().isJson()).isTrue();
    assertThat(restored.getFirst().requestId()).contains("id");
    assertThat(restored.getFirst().tenantId()).contains("t");
    assertThat(restored.getFirst().fields()).isEqualTo(Map.of("user", "u"));
    assertThat(restored.getFirst().time()).isEqualTo("2026-11-28T12:00:00.123Z");
    assertThat(restored.getLast().time()).isEqualTo("odd time");
    assertThat(restored.getLast().isJson()).isFalse();
    assertThat(restored.getLast().text()).isEqualTo("é");
  }

  @Test
  void whatDoesNotFitComesLater() {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      batches.add(new Batch("batch-" + i, lines(i + "x".repeat(400_000))));
    }
    SpoolFolder folder = requireNonNull(open(4 * MAX));
    new LaneSpool("fake", folder, output.diagnostics()).left(batches);
    assertThat(files()).hasSize(5);
    LaneSpool next = new LaneSpool("fake", folder, output.diagnostics());
    assertThat(next.restore(MAX)).extracting(Batch::id).containsExactly("batch-0", "batch-1");
    assertThat(next.restore(2 * MAX))
        .extracting(Batch::id)
        .containsExactly("batch-2", "batch-3", "batch-4");
    next.keep(List.of());
    assertThat(files()).isEmpty();
  }

  @Test
  void lanesHaveFilesOfTheirOwn() {
    spool("loki").left(batch("a"));
    spool("loki-2").left(batch("b"));
    assertThat(texts(spool("loki"))).containsExactly("a");
    assertThat(texts(spool("loki-2"))).containsExactly("b");
    assertThat(spool("lo").restore(MAX)).isEmpty();
  }

  @Test
  void oldFilesExpire() {
    spool("fake").left(batch("a"));
    now += Duration.ofMinutes(16).toMillis();
    assertThat(spool("fake").restore(MAX)).isEmpty();
    assertThat(files()).isEmpty();
    assertThat(output.text()).contains("fake: spool: 0 records restored, files expired: 1");
  }

  @Test
  void ofADamagedFileTheFirstRecordsCount() throws IOException {
    spool("fake").left(batch("first", "second", "third"));
    Path file = files().getFirst();
    byte[] content = Files.readAllBytes(file);
    content[content.length - 1] ^= 1;
    Files.write(file, content);
    Batch part = spool("fake").restore(MAX).getFirst();
    assertThat(Records.texts(part.records())).containsExactly("first", "second");
    assertThat(part.id()).as("not that of the whole batch").isEqualTo("id.part");
    for (int length = 0; length < content.length; length++) {
      Files.write(file, Arrays.copyOf(content, length));
      int whole = texts(spool("fake")).size();
      assertThat(whole).isLessThanOrEqualTo(2);
      if (whole == 0) {
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  @Test
  void linksAndFilesOpenToOthersAreNotRead() throws IOException {
    spool("fake").left(batch("secret"));
    Path file = files().getFirst();
    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    assertThat(spool("fake").restore(MAX)).isEmpty();
    assertThat(elsewhere).exists();

    Files.move(elsewhere, file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(spool("fake").restore(MAX)).isEmpty();
    assertThat(output.text()).contains("damaged: 1");
  }

  @Test
  void aFolderThatIsALinkIsNotUsed() throws IOException {
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.createSymbolicLink(temporary.resolve("log-shipper-spool"), other);
    assertThat(open(MAX)).isNull();
    assertThat(output.text())
        .contains("is not a private folder of this process; there is no spool");
  }

  @Test
  void aMissingTemporaryFolderMeansNoSpool() {
    SpoolFolder none =
        SpoolFolder.open(temporary.resolve("none"), MAX, () -> now, output.diagnostics());
    assertThat(none).isNull();
    assertThat(output.lines()).singleElement().asString().contains("no spool in");
  }

  @Test
  void itIsNeverLargerThanItsLimit() {
    LaneSpool spool = new LaneSpool("fake", requireNonNull(open(200)), output.diagnostics());
    spool.keep(List.of(new Batch("1", lines("x".repeat(60)))));
    spool.keep(
        List.of(new Batch("1", lines("x".repeat(60))), new Batch("2", lines("x".repeat(60), "y"))));
    assertThat(files()).hasSize(1);
    spool.keep(List.of(new Batch("2", lines("x".repeat(60), "y"))));
    assertThat(files()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aSpoolLargerThanTheFreeSpaceIsReported() {
    SpoolFolder spool = requireNonNull(open(1L << 60));
    long freeBytes = temporary.toFile().getUsableSpace();
    assertThat(spool.room()).isBetween(freeBytes / 2, 2 * freeBytes);
    assertThat(output.lines())
        .singleElement()
        .asString()
        .contains(
            "PUSHER_SPOOL_MB=1099511627776: expected at most the free space of " + temporary + ", ")
        .endsWith(" MB; that is used");
  }

  private static List<Batch> batch(String... texts) {
    return List.of(new Batch("id", lines(texts)));
  }

  private static List<String> texts(LaneSpool spool) {
    List<String> texts = new ArrayList<>();
    for (Batch batch : spool.restore(MAX)) {
      texts.addAll(Records.texts(batch.records()));
    }
    return texts;
  }

  private static FakeSink down() {
    SendResult[] results = new SendResult[1_000];
    Arrays.fill(results, SendResult.retry("down"));
    return new FakeSink().responding(results);
  }

  private Pipeline started(FakeSink sink) {
    Pipeline pipeline = Pipelines.of(output, lane("fake", sink));
    pipeline.spoolTo(requireNonNull(open(MAX)));
    pipeline.start();
    return pipeline;
  }

  private LaneSpool spool(String lane) {
    return new LaneSpool(lane, requireNonNull(open(MAX)), output.diagnostics());
  }

  private @Nullable SpoolFolder open(long bytesMax) {
    return SpoolFolder.open(temporary, bytesMax, () -> now, output.diagnostics());
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(temporary.resolve("log-shipper-spool"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
