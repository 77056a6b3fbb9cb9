package dev.logshipper.sink.s3;

import java.io.IOException;

/// The store, or a proxy in front of it, declined an object for its size.
final class ObjectTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /// @param store its name for messages
  ObjectTooLargeException(String store) {
    super("an object is too large");
    this.reason =
        store
            + " finds the object too large, or a proxy in front of it does; see"
            + " ADAPTIVE_BATCHING_EXTENSION_SHIP_RATE_BYTES";
  }

  String reason() {
    return reason;
  }
}
