package dev.logshipper.sandbox.destination.loki;

import dev.logshipper.sandbox.destination.ReceivedRequest;
import dev.logshipper.sandbox.destination.ScriptedResponse;
import dev.logshipper.sandbox.destination.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A push from its arrival to its response, in Loki's order: tenant, decoding, labels, entries,
/// size, ingester.
final class LokiService implements Service {
  private static final String PUSH = "/loki/api/v1/push";

  private final LokiBehaviour behaviour;
  private final Map<String, StoredStream> streams = new LinkedHashMap<>();
  private @Nullable List<String> lines;

  LokiService(LokiBehaviour behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public ScriptedResponse.Http handle(ReceivedRequest request) {
    try {
      checkTarget(request);
      String tenant = behaviour.tenants() ? Tenant.of(request) : Tenant.WITHOUT_TENANTS;
      Push push = PushDecoder.decode(request);
      if (push.streams().isEmpty()) {
        throw new LokiError(422, "error at least one valid stream is required for ingestion");
      }
      Optional<String> rejected = store(tenant, push);
      return rejected.isEmpty() ? ScriptedResponse.status(204) : error(400, rejected.get());
    } catch (LokiError e) {
      return error(e.status(), e.getMessage());
    }
  }

  private static void checkTarget(ReceivedRequest request) throws LokiError {
    if (!request.path().split("\\?", 2)[0].equals(PUSH)) {
      throw new LokiError(404, "404 page not found");
    }
    if (!request.method().equals("POST")) {
      throw new LokiError(405, "");
    }
  }

  private synchronized Optional<String> store(String tenant, Push push) throws LokiError {
    Distribution distribution =
        Distribution.of(
            push, new EntryRules(behaviour.clock().instant(), behaviour.structuredMetadata()));
    PushSize.of(distribution.accepted()).check(tenant);
    lines = null;
    Optional<String> late = Optional.empty();
    for (Push.Stream stream : distribution.accepted()) {
      Labels labels = LabelParser.parse(stream.labels());
      Optional<String> rejected =
          streams
              .computeIfAbsent(tenant + labels, _ -> new StoredStream(tenant, labels))
              .push(stream.entries());
      late = rejected.isPresent() ? rejected : late;
    }
    // The ingester's errors take precedence over the distributor's.
    return late.or(distribution::rejection);
  }

  synchronized List<LokiStream> streams() {
    return streams.values().stream().map(StoredStream::read).toList();
  }

  @Override
  public synchronized List<String> lines() {
    if (lines == null) {
      List<LokiEntry> all = new ArrayList<>();
      streams().forEach(stream -> all.addAll(stream.entries()));
      // Stable: entries of one nanosecond keep their stream's order.
      all.sort(Comparator.comparingLong(LokiEntry::nanos));
      lines = all.stream().map(LokiEntry::line).toList();
    }
    return lines;
  }

  private static ScriptedResponse.Http error(int status, String text) {
    return ScriptedResponse.status(status)
        .header("Content-Type", "text/plain; charset=utf-8")
        .body(text + "\n");
  }
}
