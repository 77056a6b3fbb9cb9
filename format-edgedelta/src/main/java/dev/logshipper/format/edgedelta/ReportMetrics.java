package dev.logshipper.format.edgedelta;

import static dev.logshipper.format.edgedelta.JsonText.ascii;
import static dev.logshipper.format.edgedelta.JsonText.member;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/// The numbers of a `platform.report` in the enriched form. Zeros are omitted where the Edge Delta
/// extension omits them. Stateless.
final class ReportMetrics {
  private static final byte[] BILLED_DURATION = ascii(",\"faas.billed_duration_ms\":");
  private static final byte[] INIT_DURATION = ascii(",\"faas.init_duration_ms\":");
  private static final byte[] RUNTIME_DURATION = ascii(",\"faas.runtime_duration_ms\":");
  private static final byte[] DURATION = ascii(",\"faas.duration_ms\":");
  private static final byte[] POST_RUNTIME_DURATION = ascii(",\"faas.post_runtime_duration_ms\":");
  private static final byte[] MAX_MEMORY_USED = ascii(",\"faas.max_memory_used\":");
  private static final byte[] MEMORY_LEFT = ascii(",\"faas.memory_left\":");
  private static final byte[] MEMORY_PERCENT = ascii(",\"faas.memory_percent\":");

  private ReportMetrics() {}

  /// @param runMillis from start to end of the invocation, according to the platform's events
  static void write(PlatformEvent.Metrics metrics, OptionalLong runMillis, OutputStream out)
      throws IOException {
    double run = runMillis.isPresent() ? runMillis.getAsLong() : Double.NaN;
    double postRuntime = micros(Math.max(0, metrics.durationMillis() - run));
    // Billed duration may include init, which is no part of the invocation.
    double runtime =
        micros(Math.min(metrics.billedDurationMillis() - postRuntime, metrics.durationMillis()));
    double free = metrics.memorySizeMegabytes() - metrics.maxMemoryUsedMegabytes();
    member(out, BILLED_DURATION, orAbsent(metrics.billedDurationMillis()));
    member(out, INIT_DURATION, orAbsent(metrics.initDurationMillis()));
    member(out, RUNTIME_DURATION, runtime);
    member(out, DURATION, orAbsent(metrics.durationMillis()));
    member(out, POST_RUNTIME_DURATION, postRuntime);
    member(out, MAX_MEMORY_USED, orAbsent(metrics.maxMemoryUsedMegabytes()));
    member(out, MEMORY_LEFT, free);
    if (metrics.memorySizeMegabytes() > 0) {
      // The free share, despite the name: dashboards rely on it.
      member(out, MEMORY_PERCENT, free / metrics.memorySizeMegabytes() * 100);
    }
  }

  /// Without the dust of binary fractions; the platform writes three decimals.
  private static double micros(double millis) {
    return Double.isNaN(millis) ? millis : Math.round(millis * 1_000) / 1_000.0;
  }

  private static double orAbsent(double number) {
    return number == 0 ? Double.NaN : number;
  }
}
