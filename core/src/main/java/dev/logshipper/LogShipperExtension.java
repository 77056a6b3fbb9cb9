package dev.logshipper;

import dev.logshipper.config.Settings;
import dev.logshipper.intake.IntakeCounts;
import dev.logshipper.lifecycle.HeapTrim;
import dev.logshipper.lifecycle.Lifecycle;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.ExtensionsApi;
import dev.logshipper.platform.InvocationTracker;
import dev.logshipper.platform.PlatformException;
import dev.logshipper.platform.RestartState;
import dev.logshipper.platform.StatePipe;
import dev.logshipper.sink.Level;
import dev.logshipper.time.Scheduler;
import dev.logshipper.time.SystemScheduler;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/// The extension's entry point: builds the parts and connects them, nothing else.
///
/// The launcher registers before it starts this process and passes five arguments: the extension's
/// name, its identifier, the platform's answer to the registration, the line that a dead
/// predecessor left or an empty one, and `inherited` or `own`, which says whether standard input is
/// the connection to the platform. Without arguments this process registers itself, and nobody
/// restarts it.
///
/// Of the system properties, `log-shipper.listed` is the folder with the list of the bundled sinks,
/// and `log-shipper.sinks` the one where other layers put theirs.
public final class LogShipperExtension {
  /// Tells the launcher that the platform knows of the failure, so that it does not start us again.
  /// Not 3, with which the JVM itself ends after an OutOfMemoryError.
  private static final int EXIT_REPORTED = 78;

  private static final LongSupplier NANO_CLOCK = System::nanoTime;
  private static final LongSupplier EPOCH_MILLIS_CLOCK = System::currentTimeMillis;

  private final SinkSelector sinks;
  private final Configuration configuration;
  private final CoreOptions options;
  private final PrintingDiagnostics diagnostics;

  private LogShipperExtension(
      Map<String, String> environment, SinkSelector sinks, PrintStream output) {
    this.sinks = sinks;
    this.configuration = new Configuration(environment, sinks);
    this.options = configuration.options();
    this.diagnostics = new PrintingDiagnostics(output, options.logLevel());
  }

  /// Runs until the platform says SHUTDOWN. Exits with 0 then, and with another code only when the
  /// platform itself refuses to go on.
  public static void main(String[] args) throws IOException, InterruptedException {
    // Loading sinks runs third-party code, before the log level is known. It also replaces
    // System.err.
    PrintStream output = System.err;
    UncaughtFailures.sayTo(new PrintingDiagnostics(output, Level.WARN));
    SinkSelector sinks =
        SinkSelector.load(
            System.getProperty("log-shipper.listed", ""),
            System.getProperty("log-shipper.sinks", ""),
            System.getProperty("java.class.path", ""));
    LogShipperExtension extension =
        new LogShipperExtension(Settings.environmentOfProcess(), sinks, output);
    UncaughtFailures.sayTo(extension.diagnostics);
    int exitCode;
    try {
      exitCode = extension.run(Launch.of(args));
    } catch (PlatformException e) {
      extension.diagnostics.warn("giving up: " + e.getMessage());
      exitCode = EXIT_REPORTED;
    }
    // Without waiting for threads that a sink's client library left behind: the window is short.
    System.exit(exitCode);
  }

  private int run(Launch launch) throws IOException, InterruptedException {
    ExtensionsApi api = connect(launch);
    for (String failure : sinks.failures()) {
      diagnostics.warn(failure);
    }
    Optional<String> problems = configuration.problemLine();
    problems.ifPresent(diagnostics::warn);
    // Bad settings never take the function down, unless the user wants just that.
    if (problems.isPresent() && options.failsOnError()) {
      api.initError("Extension.ConfigInvalid", problems.get());
      return EXIT_REPORTED;
    }
    FunctionFacts function =
        new FunctionFacts(
            api.registration(),
            configuration.settings().get(CoreSettings.REGION),
            configuration.settings().get(CoreSettings.MEMORY_SIZE));
    Scheduler scheduler = new SystemScheduler(NANO_CLOCK);
    Pipeline pipeline =
        new Pipeline(
            configuration.lanes(function::get, diagnostics),
            options.bufferBytesMax(),
            options.overflow(),
            new BatchIds(EPOCH_MILLIS_CLOCK),
            diagnostics,
            LogShipperExtension::random,
            scheduler);
    InvocationTracker invocations = new InvocationTracker(scheduler.newMonitor());
    Intake intake =
        Intake.open(launch.handover(), options, pipeline, invocations, api, diagnostics);
    StatePipe statePipe = launch.isGuarded() ? StatePipe.toLauncher() : StatePipe.none();
    statePipe.describe(new RestartState(intake.port(), intake.areExpected()));
    Lifecycle lifecycle =
        new Lifecycle(
            api,
            statePipe,
            pipeline,
            intake,
            invocations,
            options.flush(),
            HeapTrim.ofJvm(),
            diagnostics,
            NANO_CLOCK);
    if (launch.handover().isEmpty()) {
      pipeline.warmUp(options.warmUp());
    }
    List<LaneLedger> ledgers = lifecycle.run(launch.handover().isPresent(), function::learnArn);
    printAccounts(ledgers, intake.counts());
    intake.close();
    return 0;
  }

  private ExtensionsApi connect(Launch launch) throws IOException {
    String authority = configuration.settings().get(CoreSettings.RUNTIME_API);
    if (launch.isGuarded()) {
      return ExtensionsApi.takeOver(
          authority,
          launch.identifier(),
          launch.registrationBody(),
          launch.isInherited(),
          EPOCH_MILLIS_CLOCK,
          NANO_CLOCK);
    }
    diagnostics.info("started without its launcher: nothing restarts it if it crashes");
    return ExtensionsApi.register(
        authority,
        launch.extensionName(),
        options.isManagedInstances(),
        EPOCH_MILLIS_CLOCK,
        NANO_CLOCK);
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /// One line a sink; a loss makes it a warning.
  private void printAccounts(List<LaneLedger> ledgers, IntakeCounts counts) {
    for (LaneLedger ledger : ledgers) {
      String line =
          ledger.line()
              + " platform_dropped="
              + counts.droppedByPlatform()
              + " malformed="
              + counts.malformed();
      boolean lost =
          ledger.droppedTotal()
                  + ledger.leftBehind()
                  + counts.droppedByPlatform()
                  + counts.malformed()
              > 0;
      diagnostics.summary(lost ? Level.WARN : Level.INFO, line);
    }
  }
}
