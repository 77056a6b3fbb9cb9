package dev.logshipper.config;

/// Thrown by a [Parser]'s reader to reject a text with a reason, which messages show before the
/// accepted texts. The reason contains no part of a text that may be a secret.
public final class UnusableTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /// @param reason to precede "; expected …": "no scheme"
  public UnusableTextException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
