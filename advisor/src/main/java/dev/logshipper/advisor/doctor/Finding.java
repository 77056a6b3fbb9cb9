package dev.logshipper.advisor.doctor;

/// One result of a check, for people. Without secrets.
///
/// @param hint how to fix it; empty if the text says so or nothing is to be done
public record Finding(Level level, String text, String hint) {

  /// How bad it is.
  public enum Level {
    /// Checked, and in order.
    OK,
    /// Not checked, or not certain.
    NOTE,
    /// Logs are lost, or settings are not in effect.
    PROBLEM
  }

  static Finding ok(String text) {
    return new Finding(Level.OK, text, "");
  }

  static Finding note(String text) {
    return new Finding(Level.NOTE, text, "");
  }

  static Finding problem(String text, String hint) {
    return new Finding(Level.PROBLEM, text, hint);
  }
}
