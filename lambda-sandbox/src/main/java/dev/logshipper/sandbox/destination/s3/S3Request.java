package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;

/// The target of a path-style request.
///
/// @param bucket empty for the service itself
/// @param key empty for the bucket itself
/// @param query names and values, unescaped
record S3Request(String bucket, String key, Map<String, String> query) {

  static S3Request of(ReceivedRequest request) {
    String[] target = request.path().split("\\?", 2);
    String[] path = target[0].substring(1).split("/", 2);
    Map<String, String> query = new TreeMap<>();
    for (String parameter : target.length == 2 ? target[1].split("&", -1) : new String[0]) {
      String[] pair = parameter.split("=", 2);
      query.put(unescaped(pair[0]), pair.length == 2 ? unescaped(pair[1]) : "");
    }
    return new S3Request(unescaped(path[0]), path.length == 2 ? unescaped(path[1]) : "", query);
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
