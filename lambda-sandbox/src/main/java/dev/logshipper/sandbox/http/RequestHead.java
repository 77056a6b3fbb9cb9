package dev.logshipper.sandbox.http;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The request line and the headers.
///
/// @param path the request target as sent, query included
/// @param headers look-up ignores case
public record RequestHead(String method, String path, String version, Map<String, String> headers) {

  public RequestHead {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /// One header, name in any case.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean expectsContinue() {
    return has("Expect", "100-continue");
  }

  /// Whether the sender wants to use the connection again (RFC 9112, section 9.3).
  public boolean keepsConnection() {
    return version.equals("HTTP/1.1")
        ? !has("Connection", "close")
        : has("Connection", "keep-alive");
  }

  private boolean has(String name, String value) {
    return header(name).filter(value::equalsIgnoreCase).isPresent();
  }
}
