package dev.logshipper.http1;

import java.net.ProtocolException;

/// A message that is not HTTP/1.1, or is ambiguous, or exceeds a limit. Where the next message
/// begins is unknown, so the connection must be closed.
public final class HttpException extends ProtocolException {
  private static final long serialVersionUID = 1;

  private final String status;

  /// @param status code and reason phrase, as a server responds to such a request
  /// @param message without anything that the peer sent
  public HttpException(String status, String message) {
    super(message);
    this.status = status;
  }

  /// Code and reason phrase for the response of a server.
  public String status() {
    return status;
  }

  static HttpException malformed() {
    return new HttpException("400 Bad Request", "malformed HTTP/1.1");
  }

  /// For a body beyond its limit.
  public static HttpException tooLarge() {
    return new HttpException("413 Content Too Large", "the body is too large");
  }
}
