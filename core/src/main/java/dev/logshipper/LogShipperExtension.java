package dev.logshipper;

import dev.logshipper.config.Settings;
import dev.logshipper.health.HealthRecords;
import dev.logshipper.intake.IntakeCounts;
import dev.logshipper.lifecycle.HeapTrimmer;
import dev.logshipper.lifecycle.Lifecycle;
import dev.logshipper.output.PrintingDiagnostics;
import dev.logshipper.pipeline.LaneLedger;
import dev.logshipper.pipeline.Pipeline;
import dev.logshipper.platform.ExtensionsApi;
import dev.logshipper.platform.InvocationTracker;
import dev.logshipper.platform.PlatformException;
import dev.logshipper.platform.RestartState;
import dev.logshipper.platform.StatePipe;
import dev.logshipper.settings.AvailableSinks;
import dev.logshipper.settings.Configuration;
import dev.logshipper.settings.LauncherArguments;
import dev.logshipper.sink.Level;
import dev.logshipper.sink.LogRecord;
import dev.logshipper.spool.SpoolFolder;
import dev.logshipper.time.Scheduler;
import dev.logshipper.time.SystemScheduler;
import dev.logshipper.tls.TlsLibrary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/// The extension's main class: builds the parts and connects them.
///
/// The launcher registers before it starts this process and passes seven arguments: the extension's
/// name, its identifier, the response to the registration, the state that the launcher or a
/// predecessor left or an empty string, twice `inherited` or `own` (whether standard output is the
/// connection to the platform, and standard input a listening socket for deliveries), and the exit
/// status of a predecessor or an empty string. Without arguments this process registers itself, and
/// nothing restarts it.
///
/// Two system properties name folders: `log-shipper.listed` the one with the list of bundled sinks,
/// `log-shipper.sinks` the one with the plugins.
public final class LogShipperExtension {
  /// Tells the launcher that the platform knows of the failure, so that it does not restart this
  /// process. Not 3, with which the JVM itself exits after an OutOfMemoryError.
  private static final int EXIT_REPORTED = 78;

  private static final LongSupplier NANO_CLOCK = System::nanoTime;
  private static final LongSupplier EPOCH_MILLIS_CLOCK = System::currentTimeMillis;

  private final AvailableSinks sinks;
  private final Configuration configuration;
  private final PrintingDiagnostics diagnostics;

  private LogShipperExtension(
      Map<String, String> environment, AvailableSinks sinks, PrintStream output) {
    this.sinks = sinks;
    this.configuration = new Configuration(environment, sinks);
    this.diagnostics = new PrintingDiagnostics(output, configuration.logLevel());
  }

  /// Runs until the platform sends SHUTDOWN. Exits with 0 then, and with another code only if the
  /// platform itself ends the conversation.
  public static void main(String[] args) throws IOException, InterruptedException {
    // Loading sinks runs third-party code, before the log level is known. It also replaces
    // System.err.
    PrintStream output = System.err;
    System.setOut(output); // standard output is the connection to the platform
    UncaughtExceptionReporter.install(new PrintingDiagnostics(output, Level.WARN));
    AvailableSinks sinks =
        AvailableSinks.load(
            System.getProperty("log-shipper.listed", ""),
            System.getProperty("log-shipper.sinks", ""),
            System.getProperty("java.class.path", ""));
    LogShipperExtension extension =
        new LogShipperExtension(Settings.environmentOfProcess(), sinks, output);
    UncaughtExceptionReporter.install(extension.diagnostics);
    int exitCode;
    try {
      exitCode = extension.run(LauncherArguments.of(args));
    } catch (PlatformException e) {
      extension.diagnostics.warn("giving up: " + e.getMessage());
      exitCode = EXIT_REPORTED;
    }
    // Does not wait for threads of a sink's client library: the shutdown window is short.
    System.exit(exitCode);
  }

  private int run(LauncherArguments arguments) throws IOException, InterruptedException {
    ExtensionsApi api = connect(arguments);
    if (diagnostics.isDebug()) {
      StartTrace.print(configuration, diagnostics);
    }
    List<LogRecord> ownLines =
        configuration.shipsOwnLines() ? diagnostics.keepWarnings(EPOCH_MILLIS_CLOCK) : null;
    if (!arguments.predecessorStatus().isEmpty()) {
      diagnostics.keepOfLauncher(
          "Java exited with status "
              + arguments.predecessorStatus()
              + ", its buffered records are lost; restarting it");
    }
    for (String failure : sinks.failures()) {
      diagnostics.warn(failure);
    }
    Optional<String> problems = configuration.problemLine();
    problems.ifPresent(diagnostics::warn);
    // Configuration problems do not stop the function, unless the user wants that.
    if (problems.isPresent() && configuration.failsOnError()) {
      api.initError("Extension.ConfigInvalid", problems.get());
      return EXIT_REPORTED;
    }
    TlsLibrary.choose(configuration.usesNativeTls(), diagnostics::warn);
    FunctionFacts function =
        new FunctionFacts(
            api.registration(), configuration.region(), configuration.memoryMegabytes());
    Scheduler scheduler = new SystemScheduler(NANO_CLOCK);
    BatchIds batchIds = new BatchIds(EPOCH_MILLIS_CLOCK);
    Pipeline pipeline =
        new Pipeline(
            configuration.lanes(function::get, diagnostics),
            configuration.bufferBytesMax(),
            configuration.overflow(),
            batchIds,
            diagnostics,
            LogShipperExtension::random,
            scheduler);
    if (ownLines != null) {
      pipeline.shipOwnLines(ownLines, EPOCH_MILLIS_CLOCK);
    }
    openSpool(pipeline);
    InvocationTracker invocations = new InvocationTracker(scheduler.newMonitor());
    RestartState restart = arguments.restartState();
    Intake intake =
        Intake.open(
            arguments.hasListener(),
            restart,
            configuration,
            pipeline,
            invocations,
            api,
            diagnostics);
    if (configuration.shipsHealth()) {
      reportHealth(pipeline, function, batchIds.process(), intake);
    }
    StatePipe statePipe = arguments.isSupervised() ? StatePipe.toLauncher() : StatePipe.none();
    statePipe.describe(new RestartState(intake.port(), intake.isSubscribed()));
    Lifecycle lifecycle =
        new Lifecycle(
            api,
            statePipe,
            pipeline,
            intake,
            invocations,
            configuration.flush(),
            HeapTrimmer.ofJvm(),
            diagnostics,
            NANO_CLOCK,
            EPOCH_MILLIS_CLOCK);
    if (restart == null) {
      pipeline.warmUp(configuration.warmUp());
    }
    List<LaneLedger> ledgers = lifecycle.run(restart != null, function::learnArn);
    printLedgers(ledgers, intake.counts());
    intake.close();
    return 0;
  }

  private void openSpool(Pipeline pipeline) {
    if (configuration.spoolBytesMax() == 0) {
      return;
    }
    SpoolFolder.openFor(
        pipeline,
        Path.of(configuration.temporaryFolder()),
        configuration.spoolBytesMax(),
        EPOCH_MILLIS_CLOCK,
        diagnostics);
  }

  private ExtensionsApi connect(LauncherArguments arguments) throws IOException {
    if (arguments.isSupervised()) {
      return ExtensionsApi.takeOver(
          configuration.runtimeApi(),
          arguments.identifier(),
          arguments.registrationBody(),
          arguments.hasConnection(),
          EPOCH_MILLIS_CLOCK,
          NANO_CLOCK);
    }
    diagnostics.info("started without its launcher: nothing restarts it if it crashes");
    return ExtensionsApi.register(
        configuration.runtimeApi(),
        arguments.extensionName(),
        configuration.isManagedInstances(),
        EPOCH_MILLIS_CLOCK,
        NANO_CLOCK);
  }

  private void reportHealth(
      Pipeline pipeline, FunctionFacts function, String process, Intake intake) {
    pipeline.reportHealth(
        HealthRecords.of(
            function::get,
            process,
            configuration.hasHealthMetrics(),
            () -> intake.counts().droppedByPlatform(),
            () -> intake.counts().malformed(),
            EPOCH_MILLIS_CLOCK),
        configuration.healthInterval());
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /// One line per sink, a warning if records were lost.
  private void printLedgers(List<LaneLedger> ledgers, IntakeCounts counts) {
    for (LaneLedger ledger : ledgers) {
      String line =
          ledger.line()
              + " platform_dropped="
              + counts.droppedByPlatform()
              + " malformed="
              + counts.malformed();
      boolean lost =
          ledger.droppedTotal()
                  + ledger.undelivered()
                  + counts.droppedByPlatform()
                  + counts.malformed()
              > 0;
      diagnostics.summary(lost ? Level.WARN : Level.INFO, line);
    }
  }
}
