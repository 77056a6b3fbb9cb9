package dev.logshipper.sandbox.destination.s3;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/// The rejection of a request, with one of S3's errors.
final class S3Error extends Exception {
  private final int status;
  private final String code;
  private final String text;
  private final Map<String, String> elements = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  S3Error(int status, String code, String text) {
    super(code + ": " + text);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  /// With a further element in the body.
  S3Error element(String name, String value) {
    elements.put(name, value);
    return this;
  }

  /// With a further header.
  S3Error header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  static S3Error noSuchBucket(String bucket) {
    return new S3Error(404, "NoSuchBucket", "The specified bucket does not exist")
        .element("BucketName", bucket);
  }

  static S3Error accessDenied() {
    return new S3Error(403, "AccessDenied", "Access Denied");
  }

  ScriptedResponse.Http response() {
    StringBuilder body = new StringBuilder();
    body.append("<Error>");
    Xml.append(body, "Code", code);
    Xml.append(body, "Message", text);
    elements.forEach((name, value) -> Xml.append(body, name, value));
    Xml.append(body, "RequestId", "SANDBOX");
    body.append("</Error>");
    ScriptedResponse.Http response = Xml.response(status, body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.header(header.getKey(), header.getValue());
    }
    return response;
  }
}
