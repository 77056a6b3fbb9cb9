package dev.logshipper.sandbox.destination.loki;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.destination.ServiceDestination;
import java.util.List;

/// A Loki that takes pushes at `/loki/api/v1/push`, by protobuf in a snappy block or by JSON.
///
/// It keeps and refuses what Loki 3.7 with default limits does, in Loki's words (each rule has a
/// test in `LokiRulesTest`): equal entries of one nanosecond become one silently, different ones
/// come back shuffled, 400 may have kept a part, 4 MiB are too much for ever. It has no rate limits
/// over time, no limit of streams, and no API to query: read here.
///
/// [#lines()] are the lines of all streams and tenants, merged by time, as a query that selects all
/// of them would give them oldest first.
public final class LokiDestination extends ServiceDestination {
  private final LokiService service;

  private LokiDestination(HttpDestination http, LokiService service) {
    super(http, service);
    this.service = service;
  }

  /// Starts on a free port.
  public static LokiDestination start() {
    return start(LokiBehaviour.standard());
  }

  /// Starts on a free port.
  public static LokiDestination start(LokiBehaviour behaviour) {
    return new LokiDestination(HttpDestination.start(), new LokiService(behaviour));
  }

  /// Starts on a free port with TLS, see [HttpDestination#startTls()].
  public static LokiDestination startTls() {
    return startTls(LokiBehaviour.standard());
  }

  /// Starts on a free port with TLS, see [HttpDestination#startTls()].
  public static LokiDestination startTls(LokiBehaviour behaviour) {
    return new LokiDestination(HttpDestination.startTls(), new LokiService(behaviour));
  }

  /// What is kept, streams in the order in which they began.
  public List<LokiStream> streams() {
    return service.streams();
  }
}
