package dev.logshipper.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The kinds of processor on which Lambda runs.
enum Processor {
  X86_64("x86_64", "amd64", 62, "x86_64", "x86_64"),
  ARM64("arm64", "aarch64", 183, "aarch64", "aarch_64");

  private static final int MACHINE_AT = 18;
  private static final int HEADER_BYTES = 20;

  private final String lambda;
  private final String java;
  private final int machine;
  private final String snappy;
  private final String netty;

  Processor(String lambda, String java, int machine, String snappy, String netty) {
    this.lambda = lambda;
    this.java = java;
    this.machine = machine;
    this.snappy = snappy;
    this.netty = netty;
  }

  static Processor ofThisMachine() {
    String name = System.getProperty("os.arch");
    return Arrays.stream(values())
        .filter(each -> each.java.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Lambda does not run on " + name));
  }

  /// The processor for which a program is compiled.
  ///
  /// Source of the offset: "ELF-64 Object File Format", version 1.5.
  static Processor of(Path program) throws IOException {
    byte[] header;
    try (InputStream in = Files.newInputStream(program)) {
      header = in.readNBytes(HEADER_BYTES);
    }
    if (header.length == HEADER_BYTES && header[0] == 0x7f && header[1] == 'E') {
      int found = (header[MACHINE_AT] & 0xff) | ((header[MACHINE_AT + 1] & 0xff) << 8);
      for (Processor each : values()) {
        if (each.machine == found) {
          return each;
        }
      }
    }
    throw new IllegalStateException(program + " is no program for a processor of Lambda");
  }

  /// The name that AWS uses.
  String lambdaName() {
    return lambda;
  }

  /// The folder in snappy-java's jar.
  String snappyName() {
    return snappy;
  }

  /// The part of a file's name in Netty's native libraries.
  String nettyName() {
    return netty;
  }
}
