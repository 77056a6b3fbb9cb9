package dev.logshipper.lifecycle;

import java.util.Optional;

/// What a process that died leaves to the one that takes its place.
///
/// @param port on which the platform delivers
/// @param delivering whether the platform delivers
public record Handover(int port, boolean delivering) {

  /// Reads the launcher's argument; empty when the dead process had not come so far.
  public static Optional<Handover> of(String line) {
    String[] words = line.strip().split(" ", -1);
    if (words.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Handover(Integer.parseInt(words[0]), words[1].equals("subscribed")));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
