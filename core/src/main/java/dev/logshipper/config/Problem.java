package dev.logshipper.config;

/// A problem with a variable, for the user. Never contains the value of a secret.
///
/// @param variable the name of the variable as the user wrote it
/// @param cause the problem and the accepted texts, including the variable's name
/// @param effect what is in force while the function runs, with the characters that separate it
///   from the cause: "; 20 is used"; empty if the cause says all
public record Problem(String variable, String cause, String effect) {
  /// The whole sentence.
  public String message() {
    return cause + effect;
  }

  /// The same problem with a remark on the cause.
  public Problem remarked(String remark) {
    return new Problem(variable, cause + remark, effect);
  }
}
