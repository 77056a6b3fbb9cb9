package dev.logshipper.intake;

import java.io.IOException;

/// Something that is no request we take: it is answered, and then the connection ends.
final class RefusedRequestException extends IOException {
  static final String BAD_REQUEST = "400 Bad Request";
  static final String TOO_LARGE = "413 Content Too Large";

  private final String status;

  /// @param status code and reason of the answer
  RefusedRequestException(String status) {
    super(status);
    this.status = status;
  }

  String status() {
    return status;
  }
}
