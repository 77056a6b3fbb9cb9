package dev.logshipper.sandbox.destination.realservers;

import dev.logshipper.sandbox.destination.loki.LokiBehaviour;
import dev.logshipper.sandbox.destination.loki.LokiEntry;
import dev.logshipper.sandbox.destination.loki.LokiStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A real Loki ([Program#LOKI]) as a single process with its default limits for pushes.
///
/// Reading has no limits, and `/ready` succeeds within a second instead of ten.
public final class RealLoki extends RealDestination {
  private static final int INGESTION_MEGABYTES_PER_SECOND = 4;
  private static final String WITHOUT_TENANTS = "fake";

  private final String url;

  private RealLoki(String url, ServerProcess process) {
    super(process);
    this.url = url;
  }

  /// Starts it and waits until it is ready.
  ///
  /// @throws IllegalStateException when it is not installed or does not start
  public static RealLoki start() {
    return start(LokiBehaviour.standard());
  }

  /// Starts it and waits until it is ready.
  ///
  /// @param behaviour its clock is not used: the server has its own
  /// @throws IllegalStateException when it is not installed or does not start
  public static RealLoki start(LokiBehaviour behaviour) {
    return start(behaviour, INGESTION_MEGABYTES_PER_SECOND);
  }

  static RealLoki start(LokiBehaviour behaviour, int ingestionMegabytesPerSecond) {
    Path program = Program.LOKI.path();
    Path folder = ServerProcess.newFolder("loki");
    int port = ServerProcess.freePort();
    Path file = folder.resolve("loki.json");
    try {
      Files.writeString(file, configuration(behaviour, port, folder, ingestionMegabytesPerSecond));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String url = "http://127.0.0.1:" + port;
    ServerProcess process =
        ServerProcess.start(
            List.of(program.toString(), "-config.file=" + file),
            Map.of(),
            folder,
            () -> HttpCalls.tried(HttpCalls.request(url + "/ready")).statusCode() == 200);
    return new RealLoki(url, process);
  }

  /// JSON is YAML too. By default both listen addresses are all interfaces, and usage is reported.
  /// Late pushes are in the ingester, which is queried only if configured to look back. Sharding of
  /// queries stays enabled: it shuffles entries of one nanosecond.
  private static String configuration(
      LokiBehaviour behaviour, int port, Path folder, int ingestionMegabytesPerSecond) {
    return """
    {
      "auth_enabled": %b,
      "server": {
        "http_listen_address": "127.0.0.1", "http_listen_port": %d,
        "grpc_listen_address": "127.0.0.1", "grpc_listen_port": %d,
        "log_level": "warn"
      },
      "common": {
        "instance_addr": "127.0.0.1",
        "path_prefix": "%s",
        "storage": {"filesystem": {
          "chunks_directory": "%4$s/chunks", "rules_directory": "%4$s/rules"
        }},
        "replication_factor": 1,
        "ring": {"kvstore": {"store": "inmemory"}}
      },
      "frontend": {"scheduler_dns_lookup_period": "100ms", "address": "127.0.0.1"},
      "frontend_worker": {"dns_lookup_duration": "100ms"},
      "ingester": {
        "query_store_max_look_back_period": "-1ns",
        "lifecycler": {"min_ready_duration": "0s", "address": "127.0.0.1"}
      },
      "limits_config": {
        "max_entries_limit_per_query": 0,
        "split_queries_by_interval": "0s",
        "split_instant_metric_queries_by_interval": "0s",
        "allow_structured_metadata": %b,
        "ingestion_rate_mb": %d
      },
      "schema_config": {"configs": [{
        "from": "2020-10-24", "store": "tsdb", "object_store": "filesystem", "schema": "v13",
        "index": {"prefix": "index_", "period": "24h"}
      }]},
      "analytics": {"reporting_enabled": false}
    }
    """
        .formatted(
            behaviour.tenants(),
            port,
            ServerProcess.freePort(),
            folder,
            behaviour.structuredMetadata(),
            ingestionMegabytesPerSecond);
  }

  @Override
  public String url() {
    return url;
  }

  /// The streams stored by pushes without a tenant.
  public List<LokiStream> streams() {
    return streams(WITHOUT_TENANTS);
  }

  /// The streams stored for this tenant, in the order of their first entries, without the labels
  /// and metadata that Loki adds itself.
  ///
  /// @throws IllegalStateException when Loki returns less than it counts
  public List<LokiStream> streams(String tenant) {
    return new LokiReader(url, tenant).read();
  }

  /// The lines of all streams pushed without a tenant, by time; those of one nanosecond in Loki's
  /// order.
  @Override
  public List<String> lines() {
    List<LokiEntry> entries = new ArrayList<>();
    streams().forEach(stream -> entries.addAll(stream.entries()));
    entries.sort(Comparator.comparingLong(LokiEntry::nanos));
    return entries.stream().map(LokiEntry::line).toList();
  }
}
