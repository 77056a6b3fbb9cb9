package dev.logshipper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.testkit.TlsKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsLibraryTest {
  private static final String PREFIX = "libnetty_tcnative_linux_";

  @TempDir Path folder;

  private static Path library(boolean ofThisProcessor) {
    boolean isX86 = System.getProperty("os.arch").equals("amd64");
    String name = isX86 == ofThisProcessor ? "x86_64" : "aarch_64";
    return TlsKind.extracted(name).resolve(PREFIX + name + ".so");
  }

  @Test
  void missingLibraryIsNotLoaded() {
    assertThat(TlsLibrary.load(folder.resolve("none.so"))).isEqualTo("no such file");
  }

  @Test
  void libraryOfTheOtherProcessorIsNotLoaded() {
    assertThat(TlsLibrary.load(library(false))).isNotEmpty();
  }

  @Test
  void truncatedLibraryIsNotLoaded() throws IOException {
    byte[] whole = Files.readAllBytes(library(true));
    for (int length : new int[] {0, 1, 63, 64, 500, 4096, 100_000, whole.length / 2}) {
      Path part = Files.write(folder.resolve("part.so"), Arrays.copyOf(whole, length));

      assertThat(TlsLibrary.load(part)).isEqualTo("no library, or truncated");
    }
  }

  @Test
  void anotherFileIsNotLoaded() throws IOException {
    byte[] header = Arrays.copyOf(Files.readAllBytes(library(true)), 4096);
    for (int at = 0; at < 64; at++) {
      byte[] changed = header.clone();
      changed[at] ^= (byte) 0xff;
      Path file = Files.write(folder.resolve("changed.so"), changed);

      assertThat(TlsLibrary.load(file)).isNotEmpty();
    }
    assertThat(TlsLibrary.load(Files.writeString(folder.resolve("a.so"), "x".repeat(5000))))
        .isNotEmpty();
  }

  @Test
  void wholeLibraryIsRecognized() throws IOException {
    assertThat(ElfFile.isWhole(library(true))).isTrue();
    assertThat(ElfFile.isWhole(library(false))).isTrue();
  }
}
