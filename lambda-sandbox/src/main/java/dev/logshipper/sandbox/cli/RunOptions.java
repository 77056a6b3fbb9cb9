package dev.logshipper.sandbox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.logshipper.sandbox.environment.function.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The options of a run. Every option has a default.
@Command(
    name = "scripts/sandbox run",
    sortOptions = false,
    usageHelpAutoWidth = false,
    usageHelpWidth = 110,
    description = {
      "Runs extensions and a function as AWS Lambda would: freezes them between invocations, delivers the"
          + " function's lines, and prints the cost. With --mode it also starts a destination and checks"
          + " that every line arrived there.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 when all went well; 1 when an invocation failed, the function did not start or a line did"
          + " not arrive; 2 for wrong usage."
    })
final class RunOptions {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int INVOCATIONS_MAX = 1_000_000;
  private static final int MEMORY_MIN = 128;
  private static final int MEMORY_MAX = 10_240;
  private static final long TIMEOUT_MILLIS_MAX = 900_000;

  @Option(
      names = "--layer",
      paramLabel = "PATH",
      description = "a layer: a folder or a zip; repeatable, merged in this order as on Lambda")
  List<Path> layers = new ArrayList<>();

  @Option(
      names = "--extensions",
      paramLabel = "DIR",
      description = "the folder of the extensions themselves, instead of a layer")
  @Nullable Path extensions;

  @Option(
      names = "--function",
      paramLabel = "COMMAND",
      description =
          "a program that speaks the Runtime API: one word in quotes, or '--function -- word word...' at the"
              + " end of the line. Default: a built-in function")
  @Nullable String function;

  /// The words after `--function --`.
  List<String> command = List.of();

  @Option(
      names = "--workdir",
      paramLabel = "DIR",
      description =
          "the function's working directory and LAMBDA_TASK_ROOT. Default: the current folder")
  Path workdir = Path.of("");

  @Option(
      names = "--handler",
      paramLabel = "NAME",
      description = "_HANDLER. Default: index.handler")
  String handler = "index.handler";

  @Option(
      names = "--task-root",
      paramLabel = "DIR",
      description = "LAMBDA_TASK_ROOT. Default: the working directory")
  @Nullable Path taskRoot;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "lines of the built-in function per invocation. Default: 10")
  int lines = 10;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "starts a stand-in destination: http, loki, kinesis or s3, and sets the variables of this project's"
              + " layer for it")
  @Nullable String mode;

  @Option(
      names = "--env",
      paramLabel = "K=V",
      description =
          "a variable of the function; {url} is the address of the destination; repeatable")
  List<String> env = new ArrayList<>();

  @Option(names = "--invocations", paramLabel = "N", description = "Default: 3")
  int invocations = 3;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "time from one invocation to the next: 500ms, 2s. Default: none")
  String every = "0";

  @Option(
      names = "--pause",
      paramLabel = "TIME",
      description = "frozen time between invocations. Default: none")
  String pause = "0";

  @Option(
      names = "--event",
      paramLabel = "JSON",
      description = "the payload, or @FILE. Default: {\"invocation\":N}")
  @Nullable String event;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description = "the memory size that Lambda reports; not a limit here. Default: 512")
  int memory = 512;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "the function's timeout. Default: 3s")
  String timeout = "3s";

  @Option(
      names = "--shutdown",
      paramLabel = "TIME",
      description = "time between SHUTDOWN and SIGKILL. Default: 2s")
  String shutdown = "2s";

  @Option(
      names = {"--format", "--log-format"},
      paramLabel = "FORMAT",
      description = "the function's log format: text or json. Default: text")
  String format = "text";

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description =
          "a fault of the destination during some invocations: 503@10..20, hang@5, 500@10..; a status, hang,"
              + " reset, refuse or slow; repeatable; needs --mode")
  List<String> fault = new ArrayList<>();

  @Option(names = "--tenant", paramLabel = "ID", description = "the tenant of the environment")
  String tenant = "";

  @Option(
      names = "--snap-start",
      description = "a snapshot after init, restored for the first invocation")
  boolean snapStart;

  @Option(
      names = "--managed-instances",
      paramLabel = "N",
      description = "a Managed Instance that runs N invocations at a time")
  int managedInstances;

  @Option(
      names = "--show",
      description = "shows the lines that the function printed and the records that arrived")
  boolean show;

  @Option(names = "--json", description = "prints one JSON object at the end and nothing else")
  boolean json;

  @Option(names = "--timeline", paramLabel = "FILE", description = "writes all events as JSON")
  @Nullable Path timeline;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "the timeline page. Default: timeline-DATE.html in target/sandbox")
  @Nullable Path page;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "prints this text")
  boolean help;

  // The values of the texts above, set by check().
  Duration everyTime = Duration.ZERO;
  Duration pauseTime = Duration.ZERO;
  Duration timeoutTime = Duration.ZERO;
  Duration shutdownTime = Duration.ZERO;
  LogFormat logFormat = LogFormat.TEXT;
  List<Fault> faults = List.of();
  Map<String, String> variables = new LinkedHashMap<>();
  @Nullable StandIn standIn;

  /// Checks all values, before anything is started.
  ///
  /// @throws IllegalArgumentException with one line
  void check() throws IOException {
    Checks.require(
        layers.isEmpty() || extensions == null, "--layer and --extensions exclude each other");
    Checks.require(function == null || command.isEmpty(), "--function is there twice");
    if (function != null) {
      command = Words.split(function);
      Checks.require(!command.isEmpty(), "--function needs a command");
    }
    if (extensions != null) {
      LayerFolder.requireExtensions(extensions, "--extensions " + extensions);
    }
    Checks.require(
        Files.isDirectory(workdir.toAbsolutePath()), "--workdir " + workdir + " is no folder");
    Checks.within("--invocations", invocations, 1, INVOCATIONS_MAX);
    Checks.within("--lines", lines, 0, INVOCATIONS_MAX);
    Checks.within("--memory", memory, MEMORY_MIN, MEMORY_MAX);
    Checks.within("--managed-instances", managedInstances, 0, 1_000);
    Checks.require(
        managedInstances == 0 || !snapStart,
        "--managed-instances and --snap-start exclude each other");
    everyTime = Checks.duration("--every", every);
    pauseTime = Checks.duration("--pause", pause);
    Checks.require(
        everyTime.isZero() || pauseTime.isZero(), "--every and --pause exclude each other");
    timeoutTime = Checks.duration("--timeout", timeout);
    Checks.within("--timeout in milliseconds", timeoutTime.toMillis(), 1, TIMEOUT_MILLIS_MAX);
    shutdownTime = Checks.duration("--shutdown", shutdown);
    logFormat = logFormat();
    standIn = mode == null ? null : StandIn.named(mode);
    faults = fault.stream().map(Fault::parse).toList();
    Checks.require(
        faults.isEmpty() || standIn != null,
        "--fault needs --mode: the faults are the destination's");
    env.forEach(this::addVariable);
    checkEvent();
    Checks.writable("--timeline", timeline);
    Checks.writable("--page", page);
  }

  int concurrency() {
    return Math.max(1, managedInstances);
  }

  /// The payload of an invocation.
  ///
  /// @param index from 0
  String payload(int index) {
    return event == null ? "{\"invocation\":" + index + "}" : event;
  }

  private void checkEvent() throws IOException {
    String given = event;
    if (given == null) {
      return;
    }
    if (given.startsWith("@")) {
      Path file = Path.of(given.substring(1));
      Checks.require(Files.isReadable(file), "--event: " + file + " is missing or cannot be read");
      event = Files.readString(file);
    }
    try {
      Checks.require(!JSON.readTree(event).isMissingNode(), "--event is empty: expected JSON");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "--event is no JSON: expected a value such as {\"id\":1}", e);
    }
  }

  private LogFormat logFormat() {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default ->
          throw new IllegalArgumentException("--format " + format + ": expected text or json");
    };
  }

  private void addVariable(String assignment) {
    int equals = assignment.indexOf('=');
    Checks.require(equals > 0, "--env " + assignment + ": expected NAME=value");
    String value = assignment.substring(equals + 1);
    Checks.require(
        standIn != null || !value.contains("{url}"),
        "--env " + assignment + ": {url} needs --mode, which starts a destination");
    variables.put(assignment.substring(0, equals), value);
  }
}
