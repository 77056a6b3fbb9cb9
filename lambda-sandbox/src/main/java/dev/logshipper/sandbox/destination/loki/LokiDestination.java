package dev.logshipper.sandbox.destination.loki;

import dev.logshipper.sandbox.destination.ServiceDestination;
import dev.logshipper.sandbox.destination.Tls;
import java.util.List;

/// A Loki that accepts pushes at `/loki/api/v1/push`, as protobuf in a snappy block or as JSON.
///
/// It stores and rejects as Loki 3.7 with default limits does, with Loki's texts (each rule has a
/// test in `LokiEntryRulesTest`): equal entries of one nanosecond silently become one, different
/// ones are returned shuffled, a push that gets 400 may be stored in part, and one over 4 MiB never
/// succeeds. It has no rate limits over time, no limit of streams, and no query API: read here.
///
/// [#lines()] are the lines of all streams and tenants, merged by time, as a query that selects all
/// of them would return them oldest first.
public final class LokiDestination extends ServiceDestination {
  private final LokiService service;

  private LokiDestination(LokiService service, Tls tls) {
    super(service, tls);
    this.service = service;
  }

  /// Starts on a free port.
  public static LokiDestination start() {
    return start(LokiBehaviour.standard());
  }

  /// Starts on a free port.
  public static LokiDestination start(LokiBehaviour behaviour) {
    return new LokiDestination(new LokiService(behaviour), Tls.NONE);
  }

  /// Starts on a free port with TLS, see [#certificatePem()].
  public static LokiDestination startTls() {
    return new LokiDestination(new LokiService(LokiBehaviour.standard()), Tls.ELLIPTIC_CURVE);
  }

  /// The stored streams, in the order in which they began.
  public List<LokiStream> streams() {
    return service.streams();
  }
}
