package dev.logshipper.bench;

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

/// Describes a life of a candidate. Without further ado: plain HTTP, no limit, a function that
/// writes nothing and has 60 s.
final class EnvironmentRunBuilder {

  /// What a function does in an invocation.
  @FunctionalInterface
  interface Work {
    void run(Invocation invocation, NumberedLines lines) throws Exception;
  }

  private static final long TIMEOUT_MILLIS = 60_000;

  private final Candidate candidate;
  private final Map<String, String> more = new HashMap<>();
  private Work work = (invocation, lines) -> {};
  private Consumer<Destination> destinationMood = destination -> {};
  private Consumer<SandboxBuilder> change = sandbox -> {};
  private CpuLimit limit = CpuLimit.NONE;
  private boolean tls;

  EnvironmentRunBuilder(Candidate candidate) {
    this.candidate = candidate;
  }

  /// Sends over TLS, to a stand-in that the candidate trusts.
  EnvironmentRunBuilder tls() {
    tls = true;
    return this;
  }

  /// Compresses where that is a setting of ours.
  EnvironmentRunBuilder compressed() {
    if (candidate.role() == Candidate.Role.LAYER) {
      more.put("PUSHER_HTTP_GZIP", "true");
      more.put("PUSHER_S3_COMPRESSION", "gzip");
    }
    return this;
  }

  /// Sends at the end of each invocation, whatever is the default of the sink.
  EnvironmentRunBuilder flushingAtEnd() {
    if (candidate.role() == Candidate.Role.LAYER) {
      more.put("PUSHER_FLUSH", "end");
    }
    return this;
  }

  EnvironmentRunBuilder limit(CpuLimit cpu) {
    limit = cpu;
    return this;
  }

  EnvironmentRunBuilder work(Work function) {
    work = function;
    return this;
  }

  /// Writes so many lines in each invocation.
  EnvironmentRunBuilder writing(int lines, int bytes) {
    return work((invocation, numbered) -> numbered.write(invocation, lines, bytes));
  }

  /// Prepares the destination before anything else.
  EnvironmentRunBuilder destination(Consumer<Destination> mood) {
    destinationMood = mood;
    return this;
  }

  /// What no method above can say.
  EnvironmentRunBuilder sandbox(Consumer<SandboxBuilder> last) {
    change = last;
    return this;
  }

  /// Runs init.
  ///
  /// @throws IllegalStateException when that fails
  EnvironmentRun start() throws IOException, InterruptedException {
    BundledSink sink = candidate.sink();
    Path folder = WorkFolder.temporary();
    Destination destination = tls ? sink.tls().get() : sink.plain().get();
    destinationMood.accept(destination);
    CpuLimit.Hold hold = limit.hold();
    NumberedLines lines = new NumberedLines();
    SandboxBuilder builder =
        Sandbox.builder()
            .function(invocation -> work.run(invocation, lines))
            .environment(variables(destination, folder))
            .timeoutMillis(TIMEOUT_MILLIS);
    // Without a limit, of a function that has a whole core: the layer asks for its size.
    int megabytes = limit.memoryMegabytes();
    builder.memoryMegabytes(megabytes > 0 ? megabytes : CpuLimit.ONE_CORE_MEGABYTES);
    Path extensions = extensions(destination, folder);
    if (extensions != null) {
      builder.extensions(extensions);
    }
    hold.prepare(builder);
    change.accept(builder);
    EnvironmentRun run = new EnvironmentRun(builder.start(), destination, lines, hold, folder);
    if (!run.sandbox().init().succeeded()) {
      String why = run.sandbox().init() + "; " + run.sandbox().extensionOutput();
      run.close();
      throw new IllegalStateException(why);
    }
    hold.begin(run.sandbox());
    return run;
  }

  private @Nullable Path extensions(Destination destination, Path folder) throws IOException {
    Path usual = candidate.extensions();
    return tls && usual != null && candidate.role() == Candidate.Role.LAYER
        ? LinkedLayer.trusting(destination.certificatePem(), usual.resolveSibling("."), folder)
        : usual;
  }

  private Map<String, String> variables(Destination destination, Path folder) throws IOException {
    Map<String, String> variables = new HashMap<>(more);
    candidate
        .environment()
        .forEach((name, value) -> variables.put(name, value.replace("{url}", destination.url())));
    if (tls && candidate.role() == Candidate.Role.OTHER) {
      // Go's libraries and Rust's look there.
      Path trusted = Files.writeString(folder.resolve("trusted.pem"), destination.certificatePem());
      variables.put("SSL_CERT_FILE", trusted.toString());
    }
    return variables;
  }
}
