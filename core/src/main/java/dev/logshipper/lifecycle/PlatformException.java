package dev.logshipper.lifecycle;

import java.io.IOException;

/// The platform refused a request in a way that does not pass: the extension cannot go on.
public final class PlatformException extends IOException {
  PlatformException(String message) {
    super(message);
  }
}
