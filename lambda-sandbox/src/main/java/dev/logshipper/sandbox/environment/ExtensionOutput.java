package dev.logshipper.sandbox.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// The output of all extensions.
final class ExtensionOutput {

  private final List<String> lines = new ArrayList<>();
  private final BiConsumer<String, String> listener;

  ExtensionOutput(BiConsumer<String, String> listener) {
    this.listener = listener;
  }

  void add(String extension, String line) {
    synchronized (lines) {
      lines.add(line);
    }
    listener.accept(extension, line);
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
