package dev.logshipper.sink.loki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.support.BodyBuffer;
import dev.logshipper.sink.testkit.CapturedOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

class SnappyEncoderTest {

  @Test
  void blockIsCompressed() throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    CapturedOutput output = new CapturedOutput();

    SnappyEncoder.ofLibrary(output.diagnostics()).write(buffer("x".repeat(10_000)), block);

    assertThat(block.size()).isLessThan(1_000);
    assertThat(Snappy.uncompress(block.toByteArray())).asString(UTF_8).hasSize(10_000);
    assertThat(output.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 65_535, 65_536, 65_537, 300_000})
  void blockWithoutTheLibraryIsReadByTheLibrary(int bytes) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    String text = "0123456789".repeat(bytes / 10 + 1).substring(0, bytes);

    SnappyEncoder.store(buffer(text), block);

    assertThat(Snappy.uncompress(block.toByteArray())).asString(UTF_8).isEqualTo(text);
  }

  @Test
  void missingLibraryIsTriedAndReportedOnce() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    CapturedOutput output = new CapturedOutput();
    SnappyEncoder snappy =
        new SnappyEncoder(
            (_, _) -> {
              tries.incrementAndGet();
              throw new UnsatisfiedLinkError("no snappyjava");
            },
            output.diagnostics());

    for (int i = 0; i < 2; i++) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      snappy.write(buffer("hello"), block);
      assertThat(Snappy.uncompress(block.toByteArray())).asString(UTF_8).isEqualTo("hello");
    }

    assertThat(tries).hasValue(1);
    assertThat(output.lines())
        .containsExactly(
            "log-shipper: loki: cannot load the snappy library; pushes are sent uncompressed");
  }

  @Test
  void libraryIsFoundNextToTheJar(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("sink.jar");
    assertThat(SnappyEncoder.libraryNextTo(jar)).isEmpty();

    Files.createFile(folder.resolve("libsnappyjava.so"));

    assertThat(SnappyEncoder.libraryNextTo(jar)).contains(folder);
  }

  private static BodyBuffer buffer(String text) {
    BodyBuffer buffer = new BodyBuffer(0);
    byte[] bytes = text.getBytes(UTF_8);
    buffer.write(bytes, 0, bytes.length);
    return buffer;
  }
}
