package dev.logshipper.intake;

import java.io.IOException;

/// Something that is not a request we read.
final class MalformedRequestException extends IOException {
  private final String status;

  /// @param status code and reason of the answer
  MalformedRequestException(String status) {
    super(status);
    this.status = status;
  }

  String status() {
    return status;
  }
}
