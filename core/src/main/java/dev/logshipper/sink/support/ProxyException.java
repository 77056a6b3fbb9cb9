package dev.logshipper.sink.support;

import java.io.IOException;

/// A failure of a proxy, not of the server behind it.
final class ProxyException extends IOException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /// @param reason for people, without secrets
  ProxyException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
