package com.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/// The word in the jar's `secret.txt`, and exceptions that show it.
final class Secret {
  private Secret() {}

  static <T> T fail() {
    throw new IllegalStateException(word());
  }

  static String word() {
    try (InputStream in = Secret.class.getResourceAsStream("/secret.txt")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
