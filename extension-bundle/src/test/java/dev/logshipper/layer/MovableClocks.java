package dev.logshipper.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logshipper.bundle.UnpackedLayer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The clocks of other processes, monotonic and wall clock, which a test moves while they are
/// frozen: hours pass for them instantly. A C library that is preloaded into them;
/// `src/test/c/clock_offset.c` describes its scope.
///
/// Itself the time of day that they see.
final class MovableClocks implements InstantSource {
  private static final Path SOURCE = Path.of("src/test/c/clock_offset.c");

  private final Path library;
  private final Path offsetFile;
  private final ByteBuffer offsetNanos;

  private MovableClocks(Path library, Path offsetFile, ByteBuffer offsetNanos) {
    this.library = library;
    this.offsetFile = offsetFile;
    this.offsetNanos = offsetNanos;
  }

  /// Compiles the library into a folder. Without a C compiler the test is skipped.
  static MovableClocks compiledIn(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("clock_offset.so");
    List<String> command =
        List.of(
            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), SOURCE.toString(), "-ldl");
    Process compiler;
    try {
      compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException _) {
      return abort("no C compiler called cc on the path");
    }
    String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    assumeTrue(compiler.waitFor() == 0, () -> "cc cannot compile " + SOURCE + ": " + output);
    Path offset = Files.write(folder.resolve("offset"), new byte[Long.BYTES]);
    try (FileChannel file =
        FileChannel.open(offset, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer shared = file.map(MapMode.READ_WRITE, 0, Long.BYTES);
      return new MovableClocks(library, offset, shared.order(ByteOrder.nativeOrder()));
    }
  }

  /// The environment of a process that uses these clocks.
  Map<String, String> variables() {
    return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET_FILE", offsetFile.toString());
  }

  /// Makes the layer's Java use these clocks. The launcher removes preloaded libraries from Java's
  /// environment, so a script instead of Java adds it.
  void putInto(UnpackedLayer layer) throws IOException {
    StringBuilder script = new StringBuilder();
    variables().forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
    UnpackedLayer _ = layer.withJava(script.append("exec \"$java\" \"$@\"\n").toString());
  }

  /// Advances the clocks.
  void advance(Duration time) {
    offsetNanos.putLong(0, offsetNanos.getLong(0) + time.toNanos());
  }

  @Override
  public Instant instant() {
    return Instant.now().plusNanos(offsetNanos.getLong(0));
  }
}
