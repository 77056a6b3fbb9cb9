package dev.logshipper.advisor;

import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.firehose.FirehoseDestination;
import dev.logshipper.sandbox.destination.loki.LokiDestination;
import dev.logshipper.sandbox.destination.s3.S3Destination;

/// A destination of the sandbox for each mode.
final class Destinations {
  private Destinations() {}

  static Destination start(String mode) {
    return switch (mode) {
      case "http" -> HttpDestination.start();
      case "loki" -> LokiDestination.start();
      case "s3" -> S3Destination.start("my-logs");
      default -> FirehoseDestination.start("stream");
    };
  }

  static Destination startTls(String mode) {
    return switch (mode) {
      case "http" -> HttpDestination.startTls();
      case "loki" -> LokiDestination.startTls();
      case "s3" -> S3Destination.startTls("my-logs");
      default -> FirehoseDestination.startTls("stream");
    };
  }
}
