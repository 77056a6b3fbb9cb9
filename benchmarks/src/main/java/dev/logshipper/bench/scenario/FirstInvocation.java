package dev.logshipper.bench.scenario;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bench.candidate.Candidate.Role;
import dev.logshipper.bench.process.CpuLimit;
import dev.logshipper.bench.process.EnvironmentRun;
import dev.logshipper.bench.process.EnvironmentRunBuilder;
import dev.logshipper.bench.process.FunctionProgram;
import dev.logshipper.bench.process.WorkFolder;
import dev.logshipper.bench.result.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cold start as in production: init of a Node function and, at once, its first invocation of ten
/// lines, with default settings and a destination with TLS.
///
/// @param sink the layers' only sink to measure; null for all
public record FirstInvocation(CpuLimit limit, WarmUpSetting warmUp, @Nullable String sink)
    implements Experiment {
  public static final List<Integer> MEMORY_MEGABYTES =
      List.of(128, 192, 256, 320, 384, 448, 512, 768, 1_024, 1_769, 3_008);

  /// A common size: much less than a core, but no warm-up in init by default.
  public static final int COMPARED_MEGABYTES = 512;

  public static final Figure INIT = Figure.millis("init");
  public static final Figure FUNCTION = Figure.millis("function");
  public static final Figure HELD = Figure.millis("then held");

  /// Lambda bills init, too, since August 2025.
  public static final Figure BILLED = Figure.millis("billed");

  /// The response does not wait for extensions.
  public static final Figure CALLER = Figure.millis("caller waits");

  public static final Figure STORED = Figure.count("of 10 lines stored by then");

  private static final String LINES = "10";

  /// As the other scenarios compare it.
  public static FirstInvocation compared(boolean throttledInit) {
    return new FirstInvocation(
        new CpuLimit(COMPARED_MEGABYTES, throttledInit), WarmUpSetting.DEFAULT, null);
  }

  @Override
  public String title() {
    return "init and first invocation of a %s function, TLS, %s (%s)"
        .formatted(FunctionProgram.NODE.title(), warmUp.title(), limit.description());
  }

  @Override
  public List<Figure> figures() {
    return List.of(INIT, FUNCTION, HELD, BILLED, CALLER, STORED);
  }

  @Override
  public boolean appliesTo(Candidate candidate) {
    boolean applies =
        warmUp == WarmUpSetting.DEFAULT
            ? candidate.is(Role.NONE, Role.LAYER, Role.BASELINE, Role.OTHER)
            : candidate.role() == Role.LAYER;
    boolean isMeasured =
        sink == null || !candidate.isLayer() || candidate.sink().mode().equals(sink);
    return applies && isMeasured && !FunctionProgram.NODE.isMissing();
  }

  @Override
  public Map<Figure, Double> measure(Candidate candidate) throws IOException, InterruptedException {
    Path folder = WorkFolder.temporary();
    List<String> command = FunctionProgram.NODE.command(folder);
    EnvironmentRunBuilder builder =
        new EnvironmentRunBuilder(candidate)
            .limit(limit)
            .tls()
            .sandbox(sandbox -> {
              sandbox.function(command, Map.of("BENCH_LINES", LINES));
              warmUp.applyTo(sandbox);
            });
    try (EnvironmentRun run = builder.start()) {
      run.invoke(1);
      return values(candidate, run);
    } finally {
      WorkFolder.delete(folder);
    }
  }

  private static Map<Figure, Double> values(Candidate candidate, EnvironmentRun run) {
    Map<Figure, Double> values = new LinkedHashMap<>();
    double init = run.sandbox().init().millis();
    double held = run.heldMillis().getFirst();
    double invocation = run.durationMillis().getFirst();
    values.put(INIT, init);
    values.put(FUNCTION, invocation - held);
    values.put(HELD, held);
    values.put(BILLED, init + invocation);
    values.put(CALLER, init + invocation - held);
    if (candidate.ships()) {
      run.stored().ifPresent(stored -> values.put(STORED, (double) stored));
    }
    return values;
  }
}
