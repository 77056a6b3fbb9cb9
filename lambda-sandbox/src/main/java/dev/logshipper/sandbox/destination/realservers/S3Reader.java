package dev.logshipper.sandbox.destination.realservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.s3.S3Object;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Document;

/// An S3 client that reads back stored objects.
record S3Reader(AwsClient client) {
  private static final Comparator<S3Object> ORDER =
      Comparator.comparing(S3Object::written).thenComparing(S3Object::key);

  void createBucket(String bucket) {
    HttpCalls.body(client.request("PUT", "/" + bucket, new byte[0], Map.of()));
  }

  /// Whether the server accepts signed requests by now.
  boolean serves() throws IOException, InterruptedException {
    return HttpCalls.tried(client.get("/")).statusCode() == 200;
  }

  /// All objects of a bucket, by the time of writing that the server reports, then by key.
  List<S3Object> objects(String bucket) {
    List<S3Object> objects = new ArrayList<>();
    String page = "/" + bucket + "?list-type=2";
    boolean more = true;
    while (more) {
      Document listing = Xml.parse(HttpCalls.body(client.get(page)));
      List<String> keys = Xml.texts(listing, "Key");
      List<String> times = Xml.texts(listing, "LastModified");
      for (int i = 0; i < keys.size(); i++) {
        objects.add(object(bucket, keys.get(i), Instant.parse(times.get(i))));
      }
      more = Xml.texts(listing, "IsTruncated").contains("true");
      page =
          "/%s?continuation-token=%s&list-type=2"
              .formatted(
                  bucket, escaped(String.join("", Xml.texts(listing, "NextContinuationToken"))));
    }
    objects.sort(ORDER);
    return objects;
  }

  /// The lines of all objects of some buckets, in their order.
  List<String> lines(List<String> buckets) {
    return buckets.stream()
        .flatMap(bucket -> objects(bucket).stream())
        .flatMap(object -> object.lines().stream())
        .toList();
  }

  private S3Object object(String bucket, String key, Instant written) {
    String target = "/" + bucket + "/" + escaped(key).replace("%2F", "/");
    try {
      HttpResponse<byte[]> response = HttpCalls.tried(client.get(target));
      if (response.statusCode() != 200) {
        throw new IllegalStateException(target + " is listed, but gives " + response.statusCode());
      }
      Map<String, String> headers = new TreeMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new S3Object(bucket, key, headers, response.body(), written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while objects were read", e);
    }
  }

  /// As the signature requires: all but RFC 3986's unreserved characters are escaped.
  private static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
