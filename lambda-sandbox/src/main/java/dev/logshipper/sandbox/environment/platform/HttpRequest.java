package dev.logshipper.sandbox.environment.platform;

import java.util.Map;

/// A request to the platform.
///
/// @param headers by name in lower case
record HttpRequest(String method, String path, Map<String, String> headers, String body) {

  /// The header's value, empty when absent.
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  boolean is(String expectedMethod, String expectedPath) {
    return method.equals(expectedMethod) && path.equals(expectedPath);
  }
}
