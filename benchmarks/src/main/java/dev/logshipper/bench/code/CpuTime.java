package dev.logshipper.bench.code;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// The CPU time of an operation on all threads except those of the [NullDestination]. Unlike
/// elapsed time it hardly depends on other load.
public final class CpuTime implements InternalProfiler {
  /// The name of the result.
  static final String MILLIS = "cpu";

  private static final double NANOS_PER_MILLI = 1e6;

  private long nanosBefore;

  /// Created by JMH in each JVM.
  public CpuTime() {}

  @Override
  public String getDescription() {
    return "CPU milliseconds per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    nanosBefore = nanos();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double nanos = nanos() - nanosBefore;
    double operations = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult(
            MILLIS, nanos / operations / NANOS_PER_MILLI, "ms/op", AggregationPolicy.AVG));
  }

  private static long nanos() {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = process.getProcessCpuTime();
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      if (thread != null && thread.getThreadName().equals(NullDestination.THREAD)) {
        nanos -= Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return nanos;
  }
}
