package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The compiled launchers, which are kept next to their sources. `scripts/test --launcher` compiles
/// them again and compares the bytes.
class LauncherProgramTest {
  private static final Path PROGRAMS = Path.of("src/main/launcher");
  private static final Path SOURCES = Path.of("src/main/c");

  private static final long BYTES_MAX = 32 * 1024;
  private static final int ELF = 0x464c457f;
  private static final int EXECUTABLE = 2;
  private static final int PROGRAM_TABLE_AT = 32;
  private static final int PROGRAM_ENTRIES_AT = 56;
  private static final int PROGRAM_ENTRY_BYTES = 56;
  private static final int MEMORY_BYTES_AT = 40;
  private static final int LOADED = 1;
  private static final int DYNAMIC = 2;
  private static final int INTERPRETER = 3;
  private static final int STACK = 0x6474e551;
  private static final int MAY_EXECUTE = 1;
  private static final int MAY_WRITE = 2;

  @Test
  void programsWereCompiledFromThePresentSources() throws Exception {
    assertThat(checksums())
        .as("scripts/launcher compiles the launcher anew")
        .isEqualTo(Files.readAllLines(PROGRAMS.resolve("sources.sha256")));
  }

  private static List<String> checksums() throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .sorted()
          .map(file ->
              HexFormat.of().formatHex(sha256.digest(read(file))) + "  " + file.getFileName())
          .toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"x86_64, 62", "arm64, 183"})
  void programNeedsNothingButTheKernel(String processor, int machine) throws Exception {
    Path file = PROGRAMS.resolve(processor).resolve("log-shipper");
    ByteBuffer program = ByteBuffer.wrap(read(file)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(Files.isExecutable(file)).isTrue();
    assertThat(Files.size(file)).isLessThan(BYTES_MAX);
    assertThat(program.getInt(0)).isEqualTo(ELF);
    assertThat(program.getShort(16)).isEqualTo((short) EXECUTABLE);
    assertThat(program.getShort(18)).isEqualTo((short) machine);
    for (int i = 0; i < program.getShort(PROGRAM_ENTRIES_AT); i++) {
      int entry = (int) program.getLong(PROGRAM_TABLE_AT) + i * PROGRAM_ENTRY_BYTES;
      int type = program.getInt(entry);
      int access = program.getInt(entry + 4);
      assertThat(type).isNotIn(DYNAMIC, INTERPRETER);
      if (type == LOADED) {
        assertThat(access & (MAY_EXECUTE | MAY_WRITE)).isNotEqualTo(MAY_EXECUTE | MAY_WRITE);
        assertThat(program.getLong(entry + MEMORY_BYTES_AT)).isLessThan(1 << 20);
      } else if (type == STACK) {
        assertThat(access & MAY_EXECUTE).isZero();
      }
    }
  }
}
