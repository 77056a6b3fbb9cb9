package dev.logshipper.sandbox.destination.realservers;

import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Map;

/// Signed requests to a server that speaks AWS's protocols.
///
/// @param url of the server, without a slash at the end
record AwsClient(String url, AwsCredentials credentials, String service) {
  static final String REGION = "us-east-1";

  /// @param target path and query, escaped
  HttpRequest.Builder request(
      String method, String target, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpCalls.request(url + target).method(method, BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    SignatureV4.headers(
            credentials,
            REGION,
            service,
            Instant.now(),
            method,
            URI.create(url).getAuthority(),
            target,
            body)
        .forEach(request::header);
    return request;
  }

  HttpRequest.Builder get(String target) {
    return request("GET", target, new byte[0], Map.of());
  }
}
