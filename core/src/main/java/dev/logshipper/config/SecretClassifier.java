package dev.logshipper.config;

/// Recognizes references to secrets kept elsewhere. Stateless.
public interface SecretClassifier {
  /// The meaning of the text of a secret.
  enum Kind {
    /// The secret.
    PLAIN,
    /// A reference. The variable is set, but its value is read later.
    REFERENCE,
    /// Like a reference, but to nothing that can be read. The text is ignored, and reported.
    UNUSABLE
  }

  /// The accepted references, in words.
  String expected();

  /// Classifies the text of a secret that contains an ARN.
  Kind classify(Setting<?> setting, String text);
}
