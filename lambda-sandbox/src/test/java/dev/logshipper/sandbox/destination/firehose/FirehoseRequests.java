package dev.logshipper.sandbox.destination.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logshipper.sandbox.destination.aws.AwsCredentials;
import dev.logshipper.sandbox.destination.aws.SignatureV4;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/// Requests as AWS's SDK sends them.
final class FirehoseRequests {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FirehoseRequests() {}

  /// A request of `PutRecordBatch`.
  static HttpRequest.Builder signed(URI url, String body, String service, AwsCredentials key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Firehose_20150804.PutRecordBatch")
            .POST(BodyPublishers.ofString(body));
    SignatureV4.headers(
            key,
            "eu-west-1",
            service,
            Instant.now(),
            "POST",
            url.getAuthority(),
            "/",
            body.getBytes(UTF_8))
        .forEach(request::header);
    return request;
  }

  static String body(String stream, String... records) {
    ObjectNode body = JSON.createObjectNode().put("DeliveryStreamName", stream);
    ArrayNode array = body.putArray("Records");
    for (String record : records) {
      array.addObject().put("Data", record.getBytes(UTF_8));
    }
    return body.toString();
  }

  /// Each member is one record.
  static String gzipped(String stream, String... members) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("DeliveryStreamName", stream);
    ArrayNode array = body.putArray("Records");
    for (String member : members) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(member.getBytes(UTF_8));
      }
      array.addObject().put("Data", bytes.toByteArray());
    }
    return body.toString();
  }
}
