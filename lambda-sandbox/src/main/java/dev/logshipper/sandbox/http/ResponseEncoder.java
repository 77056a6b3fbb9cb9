package dev.logshipper.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/// Encodes a whole response, to be sent by one write: no delayed acknowledgement then holds up half
/// of it.
public final class ResponseEncoder {
  private ResponseEncoder() {}

  /// The response's bytes; 204 and 304 have no body.
  ///
  /// @param toHead whether the request was HEAD: the body is omitted, its length is not
  public static byte[] encode(
      int status, Map<String, String> headers, byte[] body, boolean toHead) {
    boolean bodiless = status == 204 || status == 304;
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ');
    head.append(reason(status)).append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (!bodiless) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
    if (!toHead && !bodiless) {
      response.writeBytes(body);
    }
    return response.toByteArray();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 500 -> "Internal Server Error";
      default -> "";
    };
  }
}
