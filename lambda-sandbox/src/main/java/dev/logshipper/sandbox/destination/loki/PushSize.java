package dev.logshipper.sandbox.destination.loki;

import java.util.List;

/// The size of a push's accepted entries, by Loki's counts.
///
/// @param entries their number
/// @param contentBytes lines and metadata, as the rate limit counts them
/// @param messageBytes about the size of the message from the distributor to the ingester
record PushSize(int entries, long contentBytes, long messageBytes) {
  /// `ingestion_burst_size_mb`: a larger push never succeeds, no matter how late.
  static final long CONTENT_BYTES_MAX = 6 << 20;

  /// The default of gRPC, which Loki does not change between its components.
  static final long MESSAGE_BYTES_MAX = 4 << 20;

  /// Tags and lengths of the entry and of its line, and the timestamp.
  private static final int ENTRY_BYTES = 22;

  private static final int PAIR_BYTES = 6;

  /// `detected_level`, which Loki adds to each entry.
  private static final int LEVEL_BYTES = 27;

  static PushSize of(List<Push.Stream> streams) {
    int entries = 0;
    long content = 0;
    long message = 0;
    for (Push.Stream stream : streams) {
      message += Utf8.size(stream.labels());
      for (LokiEntry entry : stream.entries()) {
        long bytes = Utf8.size(entry.line()) + (long) EntryRules.metadataBytes(entry);
        entries++;
        content += bytes;
        message += bytes + ENTRY_BYTES + LEVEL_BYTES;
        message += (long) PAIR_BYTES * entry.metadata().size();
      }
    }
    return new PushSize(entries, content, message);
  }

  void check(String tenant) throws LokiError {
    if (contentBytes > CONTENT_BYTES_MAX) {
      throw new LokiError(
          429,
          ("ingestion rate limit exceeded for user %s (limit: 4194304 bytes/sec) while attempting"
                  + " to ingest '%d' lines totaling '%d' bytes, reduce log volume or contact your"
                  + " Loki administrator to see if the limit can be increased")
              .formatted(tenant, entries, contentBytes));
    }
    if (messageBytes > MESSAGE_BYTES_MAX) {
      throw new LokiError(
          500,
          "rpc error: code = ResourceExhausted desc = grpc: received message larger than max"
              + " (%d vs. %d)".formatted(messageBytes, MESSAGE_BYTES_MAX));
    }
  }
}
