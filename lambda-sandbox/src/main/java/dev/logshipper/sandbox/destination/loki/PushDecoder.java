package dev.logshipper.sandbox.destination.loki;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Finds the decoder by the headers, as Loki's `parsePushRequestBody` does.
final class PushDecoder {
  private PushDecoder() {}

  static Push decode(ReceivedRequest request) throws LokiError {
    byte[] body = undoneEncoding(request);
    String type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
    if (type.isEmpty()) {
      throw new LokiError(400, "mime: no media type");
    }
    return type.equalsIgnoreCase("application/json")
        ? JsonPush.decode(body)
        : ProtobufPush.decode(SnappyBlock.decode(body));
  }

  private static byte[] undoneEncoding(ReceivedRequest request) throws LokiError {
    InputStream in = new ByteArrayInputStream(request.body());
    String encoding = request.header("Content-Encoding").orElse("");
    try {
      return switch (encoding) {
        case "", "snappy" -> request.body();
        case "gzip" -> new GZIPInputStream(in).readAllBytes();
        case "deflate" -> new InflaterInputStream(in, new Inflater(true)).readAllBytes();
        default -> throw new LokiError(400, "Content-Encoding \"" + encoding + "\" not supported");
      };
    } catch (IOException e) {
      throw new LokiError(400, encoding + ": invalid data");
    }
  }
}
