package dev.logshipper.platform;

import org.jspecify.annotations.Nullable;

/// The state that a process leaves to its successor: one line, `<port> <subscribed|none>
/// <registered|waiting|invoked|shutdown>`. The launcher reads the last word and passes the whole
/// line on.
///
/// @param port of the listener; the subscription names it, so the successor must bind it again
/// @param delivering whether the platform delivers logs
public record RestartState(int port, boolean delivering) {
  private static final String SUBSCRIBED = "subscribed";
  private static final int WORDS = 3;

  /// Parses the launcher's argument.
  ///
  /// @return null when the process died before it had any state
  public static @Nullable RestartState parse(String line) {
    String[] words = line.strip().split(" ", -1);
    if (words.length != WORDS) {
      return null;
    }
    try {
      return new RestartState(Integer.parseInt(words[0]), words[1].equals(SUBSCRIBED));
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /// The line, with its end.
  ///
  /// @param phase the launcher's word for it
  String line(String phase) {
    return port + " " + (delivering ? SUBSCRIBED : "none") + " " + phase + "\n";
  }
}
