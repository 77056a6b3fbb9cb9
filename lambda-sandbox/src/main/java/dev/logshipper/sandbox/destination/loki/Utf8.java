package dev.logshipper.sandbox.destination.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Loki's limits count bytes of UTF-8.
final class Utf8 {
  private Utf8() {}

  static int size(String text) {
    return text.getBytes(UTF_8).length;
  }
}
