package dev.logshipper.bench.report;

import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.result.Figure;
import dev.logshipper.bench.result.Results;
import dev.logshipper.bench.result.Statistics;
import dev.logshipper.bench.scenario.FirstInvocation;
import dev.logshipper.bench.scenario.RunSettings;
import dev.logshipper.bench.scenario.WarmUpSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// The measured cold starts of one sink by memory size, in several variants.
final class FirstInvocations {
  /// A bar of the picture and a column of the table.
  ///
  /// @param candidate its name
  record Variant(String title, String candidate, WarmUpSetting warmUp) {}

  private final Results results;
  private final boolean throttledInit;
  private final List<Integer> sizes;
  private final String sink;
  private final List<Variant> variants = new ArrayList<>();

  /// The cold starts of the run's first sink.
  FirstInvocations(Results results, RunSettings settings) {
    this.results = results;
    this.throttledInit = settings.throttledInit();
    this.sizes = settings.sizesOr(FirstInvocation.MEMORY_MEGABYTES);
    this.sink = settings.sinks().getFirst();
    variants.add(new Variant("no extension", "no extension", WarmUpSetting.DEFAULT));
    if (settings.baseline() != null) {
      variants.add(new Variant("baseline", sink + ", baseline", WarmUpSetting.DEFAULT));
    }
    variants.add(new Variant("no warm-up", sink, WarmUpSetting.NONE));
    variants.add(new Variant("warm-up", sink, WarmUpSetting.LONG));
    variants.add(new Variant("default", sink, WarmUpSetting.DEFAULT));
  }

  String sink() {
    return sink;
  }

  /// In megabytes.
  List<Integer> sizes() {
    return sizes;
  }

  List<Variant> variants() {
    return variants;
  }

  /// The CPU that init had.
  String initCpu(Machine machine) {
    return throttledInit ? "the CPU of the memory" : machine.cores() + " cores";
  }

  OptionalDouble median(int megabytes, Variant variant, Figure figure) {
    CpuLimit limit = new CpuLimit(megabytes, throttledInit);
    String table = new FirstInvocation(limit, variant.warmUp(), sink).title();
    return results.of(table, variant.candidate(), figure).map(Statistics::median).stream()
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }
}
