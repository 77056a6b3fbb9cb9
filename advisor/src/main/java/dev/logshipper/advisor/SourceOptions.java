package dev.logshipper.advisor;

import static java.util.Objects.requireNonNull;

import dev.logshipper.advisor.source.AwsFunction;
import dev.logshipper.advisor.source.EnvFile;
import dev.logshipper.advisor.source.FunctionDescription;
import dev.logshipper.advisor.source.Template;
import dev.logshipper.advisor.source.WrongUsage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name a function: a file of variables, a template, or a deployed function.
final class SourceOptions {
  @Option(names = "--env-file", paramLabel = "FILE", description = "Lines NAME=value.")
  @Nullable Path envFile;

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "A SAM or CloudFormation template, YAML or JSON.")
  @Nullable Path template;

  @Option(
      names = "--resource",
      paramLabel = "NAME",
      description = "The function in the template, if it has several.")
  @Nullable String resource;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the template; repeatable.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "A deployed function, read by AWS's command line.")
  @Nullable String function;

  @Option(names = "--region", paramLabel = "REGION", description = "The function's region.")
  @Nullable String region;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  boolean help;

  /// @param shell the variables of the user's shell
  FunctionDescription read(Map<String, String> shell) throws InterruptedException {
    int sources =
        (envFile == null ? 0 : 1) + (template == null ? 0 : 1) + (function == null ? 0 : 1);
    if (sources != 1) {
      throw new WrongUsage(
          (sources == 0 ? "nothing to read" : "several sources")
              + ": expected one of --env-file, --template and --function");
    }
    if (template == null && (resource != null || !parameters.isEmpty())) {
      throw new WrongUsage("--resource and --parameter need --template");
    }
    if (region != null && !region.matches("[a-z]{2,}(-[a-z0-9]+)+")) {
      throw new WrongUsage("--region " + region + ": expected a region such as eu-west-1");
    }
    FunctionDescription read = readSource(shell);
    return region == null ? read : read.in(region);
  }

  private FunctionDescription readSource(Map<String, String> shell) throws InterruptedException {
    if (envFile != null) {
      return EnvFile.read(envFile);
    }
    if (function != null) {
      return AwsFunction.read(function, region, shell.getOrDefault("PATH", ""));
    }
    Map<String, String> known = new LinkedHashMap<>(parameters);
    if (region != null) {
      known.put("AWS::Region", region);
    }
    return Template.read(requireNonNull(template), resource, known);
  }
}
