package dev.logshipper.sandbox.destination.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sandbox.destination.ScriptedResponse;
import java.net.URLEncoder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// `ListObjectsV2` without delimiters: keys in order, in pages.
final class Listing {
  private static final int KEYS_MAX = 1000;

  private Listing() {}

  static ScriptedResponse.Http of(S3Bucket bucket, Map<String, String> query, S3Store store)
      throws S3Error {
    String prefix = query.getOrDefault("prefix", "");
    // The continuation token is the last key of the page before.
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    List<S3Object> matching =
        store.objects(bucket.name()).values().stream()
            .filter(object -> object.key().startsWith(prefix))
            .filter(object -> object.key().compareTo(after) > 0)
            .toList();
    List<S3Object> page = matching.subList(0, Math.min(matching.size(), keysMax(query)));
    boolean truncated = page.size() < matching.size();
    boolean escapes = query.getOrDefault("encoding-type", "").equals("url");

    StringBuilder xml = new StringBuilder();
    xml.append("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    Xml.append(xml, "Name", bucket.name());
    Xml.append(xml, "Prefix", escaped(prefix, escapes));
    Xml.append(xml, "KeyCount", Integer.toString(page.size()));
    Xml.append(xml, "MaxKeys", Integer.toString(keysMax(query)));
    Xml.append(xml, "IsTruncated", Boolean.toString(truncated));
    if (escapes) {
      Xml.append(xml, "EncodingType", "url");
    }
    if (truncated && !page.isEmpty()) {
      Xml.append(xml, "NextContinuationToken", page.getLast().key());
    }
    page.forEach(object -> append(xml, object, escapes));
    return Xml.response(200, xml.append("</ListBucketResult>"));
  }

  private static int keysMax(Map<String, String> query) throws S3Error {
    try {
      int wanted = Integer.parseUnsignedInt(query.getOrDefault("max-keys", "1000"));
      return Math.min(wanted, KEYS_MAX);
    } catch (NumberFormatException _) {
      throw new S3Error(400, "InvalidArgument", "Provided max-keys not an integer");
    }
  }

  private static void append(StringBuilder xml, S3Object object, boolean escapes) {
    xml.append("<Contents>");
    Xml.append(xml, "Key", escaped(object.key(), escapes));
    Xml.append(xml, "LastModified", object.written().truncatedTo(ChronoUnit.SECONDS).toString());
    Xml.append(xml, "ETag", S3Service.eTag(object));
    Xml.append(xml, "Size", Integer.toString(object.body().length));
    Xml.append(xml, "StorageClass", object.header("x-amz-storage-class").orElse("STANDARD"));
    xml.append("</Contents>");
  }

  private static String escaped(String key, boolean escapes) {
    return escapes ? URLEncoder.encode(key, UTF_8).replace("%2F", "/") : key;
  }
}
