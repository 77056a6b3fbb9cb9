package dev.logshipper.platform;

import java.io.IOException;

/// The platform permanently rejected a request: the extension cannot go on.
public final class PlatformException extends IOException {
  PlatformException(String message) {
    super(message);
  }
}
