package dev.logshipper.bench.process;

import dev.logshipper.bench.candidate.Candidate;
import dev.logshipper.bundle.BundledSink;
import dev.logshipper.sandbox.destination.Destination;
import dev.logshipper.sandbox.environment.Sandbox;
import dev.logshipper.sandbox.environment.SandboxBuilder;
import dev.logshipper.sandbox.environment.function.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Builds an [EnvironmentRun]. Defaults: plain HTTP, no limit, a function that writes nothing, a
/// timeout of 60 s.
public final class EnvironmentRunBuilder {

  /// The function's work in an invocation.
  @FunctionalInterface
  public interface Work {
    void run(Invocation invocation, NumberedLines lines) throws Exception;
  }

  private static final long TIMEOUT_MILLIS = 60_000;

  private final Candidate candidate;
  private final Map<String, String> settings = new HashMap<>();
  private Work work = (invocation, lines) -> {};
  private Consumer<Destination> destinationSetup = destination -> {};
  private Consumer<SandboxBuilder> sandboxSetup = sandbox -> {};
  private CpuLimit limit = CpuLimit.NONE;
  private boolean tls;

  public EnvironmentRunBuilder(Candidate candidate) {
    this.candidate = candidate;
  }

  /// Sends over TLS, to a stand-in that the candidate trusts.
  public EnvironmentRunBuilder tls() {
    tls = true;
    return this;
  }

  /// Compresses if the candidate is a layer and its sink has a setting for it.
  public EnvironmentRunBuilder compressed() {
    if (candidate.isLayer()) {
      settings.put("PUSHER_HTTP_GZIP", "true");
      settings.put("PUSHER_S3_COMPRESSION", "gzip");
    }
    return this;
  }

  /// Flushes at the end of each invocation, regardless of the sink's default.
  public EnvironmentRunBuilder flushingAtEnd() {
    if (candidate.isLayer()) {
      settings.put("PUSHER_FLUSH", "end");
    }
    return this;
  }

  public EnvironmentRunBuilder limit(CpuLimit cpu) {
    limit = cpu;
    return this;
  }

  public EnvironmentRunBuilder work(Work function) {
    work = function;
    return this;
  }

  /// Writes lines in each invocation.
  public EnvironmentRunBuilder writing(int lines, int bytes) {
    return work((invocation, numbered) -> numbered.write(invocation, lines, bytes));
  }

  /// Sets up the destination before the environment starts.
  public EnvironmentRunBuilder destination(Consumer<Destination> setup) {
    destinationSetup = setup;
    return this;
  }

  /// Changes the sandbox last.
  public EnvironmentRunBuilder sandbox(Consumer<SandboxBuilder> sandboxSetup) {
    this.sandboxSetup = sandboxSetup;
    return this;
  }

  /// Runs init.
  ///
  /// @throws IllegalStateException if it fails
  public EnvironmentRun start() throws IOException, InterruptedException {
    BundledSink sink = candidate.sink();
    Path folder = WorkFolder.temporary();
    Destination destination = tls ? sink.tls().get() : sink.plain().get();
    destinationSetup.accept(destination);
    CpuLimit.Limiter limiter = limit.open();
    NumberedLines lines = new NumberedLines();
    SandboxBuilder builder =
        Sandbox.builder()
            .function(invocation -> work.run(invocation, lines))
            .environment(variables(destination, folder))
            .timeoutMillis(TIMEOUT_MILLIS);
    // Without a limit, a function with a whole core: the layer reads its size.
    int megabytes = limit.memoryMegabytes();
    builder.memoryMegabytes(megabytes > 0 ? megabytes : CpuLimit.ONE_CORE_MEGABYTES);
    Path extensions = extensions(destination, folder);
    if (extensions != null) {
      builder.extensions(extensions);
    }
    limiter.prepare(builder);
    sandboxSetup.accept(builder);
    EnvironmentRun run = new EnvironmentRun(builder.start(), destination, lines, limiter, folder);
    if (!run.sandbox().init().succeeded()) {
      String reason = run.sandbox().init() + "; " + run.sandbox().extensionOutput();
      run.close();
      throw new IllegalStateException(reason);
    }
    limiter.begin(run.sandbox());
    return run;
  }

  private @Nullable Path extensions(Destination destination, Path folder) throws IOException {
    Path shipped = candidate.extensions();
    return tls && shipped != null && candidate.isLayer()
        ? LinkedLayer.trusting(destination.certificatePem(), shipped.resolveSibling("."), folder)
        : shipped;
  }

  private Map<String, String> variables(Destination destination, Path folder) throws IOException {
    Map<String, String> variables = new HashMap<>(settings);
    candidate
        .environment()
        .forEach((name, value) -> variables.put(name, value.replace("{url}", destination.url())));
    if (tls && candidate.role() == Candidate.Role.OTHER) {
      // Read by the libraries of Go and Rust.
      Path trusted = Files.writeString(folder.resolve("trusted.pem"), destination.certificatePem());
      variables.put("SSL_CERT_FILE", trusted.toString());
    }
    return variables;
  }
}
