package dev.logshipper.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Responses of a service that keeps secrets. Stateless.
final class SecretResponses {
  private SecretResponses() {}

  static String secret(String text) {
    return ok("{\"SecretString\":\"" + text + "\",\"VersionId\":\"1\"}");
  }

  static String ok(String json) {
    return response(200, json);
  }

  static String response(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }
}
