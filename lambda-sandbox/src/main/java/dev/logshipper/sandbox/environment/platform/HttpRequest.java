package dev.logshipper.sandbox.environment.platform;

import dev.logshipper.sandbox.http.RequestHead;

/// A request to the platform.
record HttpRequest(RequestHead head, String body) {

  String method() {
    return head.method();
  }

  String path() {
    return head.path();
  }

  /// The header's value, empty when absent.
  String header(String name) {
    return head.header(name).orElse("");
  }

  boolean is(String expectedMethod, String expectedPath) {
    return method().equals(expectedMethod) && path().equals(expectedPath);
  }
}
