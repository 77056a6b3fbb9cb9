package dev.logshipper.advisor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A function that is deployed, as the command `aws` reports it.
public final class AwsFunction {
  private static final String MISSING =
      "--function needs the command aws, which cannot be started: install AWS's CLI, or use"
          + " --template or --env-file";

  /// Not an option of that command.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$][A-Za-z0-9_$:.-]*");

  private static final int SECONDS_MAX = 60;
  private static final int ERROR_CHARS_MAX = 300;
  private static final int ARN_ACCOUNT = 4;
  private static final int ARN_REGION = 3;

  private AwsFunction() {}

  /// Reads a function's configuration.
  ///
  /// @param region null for that of the user's profile
  /// @param path folders of programs, separated by colons
  public static FunctionDescription read(String name, @Nullable String region, String path)
      throws InterruptedException {
    if (!NAME.matcher(name).matches()) {
      throw new WrongUsage("--function " + name + ": expected a name or an ARN");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                program(path), "lambda", "get-function-configuration", "--function-name", name));
    command.addAll(List.of("--output", "json"));
    if (region != null) {
      command.addAll(List.of("--region", region));
    }
    return describe(name, run(command));
  }

  private static String program(String path) {
    for (String folder : path.split(":", -1)) {
      Path program = Path.of(folder, "aws");
      if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new WrongUsage(MISSING);
  }

  private static String run(List<String> command) throws InterruptedException {
    Path output = null;
    Path errors = null;
    try {
      output = Files.createTempFile("advisor", ".json");
      errors = Files.createTempFile("advisor", ".txt");
      Process aws =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      aws.getOutputStream().close();
      if (!aws.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        aws.destroyForcibly();
        throw new WrongUsage("aws did not respond within " + SECONDS_MAX + " s");
      }
      if (aws.exitValue() != 0) {
        throw new WrongUsage("aws failed: " + firstLine(errors));
      }
      return Files.readString(output);
    } catch (IOException e) {
      throw new WrongUsage(MISSING);
    } finally {
      delete(output);
      delete(errors);
    }
  }

  private static String firstLine(Path errors) throws IOException {
    for (String line : new String(Files.readAllBytes(errors), UTF_8).lines().toList()) {
      if (!line.isBlank()) {
        return line.strip().substring(0, Math.min(line.strip().length(), ERROR_CHARS_MAX));
      }
    }
    return "no message";
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      file.toFile().delete();
    }
  }

  private static FunctionDescription describe(String name, String json) {
    JsonNode function;
    try {
      function = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new WrongUsage("the output of aws is no JSON");
    }
    if (!function.isObject()) {
      throw new WrongUsage("the output of aws describes no function");
    }
    JsonNode environment = function.path("Environment");
    if (environment.has("Error")) {
      throw new WrongUsage(
          "the variables of "
              + name
              + " cannot be decrypted with these credentials (kms:Decrypt is missing)");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    environment
        .path("Variables")
        .properties()
        .forEach(each -> variables.put(each.getKey(), each.getValue().asText()));
    return new FunctionDescription("function " + name, variables, Map.of(), true, facts(function));
  }

  private static FunctionFacts facts(JsonNode function) {
    List<String> layers = new ArrayList<>();
    function.path("Layers").forEach(layer -> layers.add(layer.path("Arn").asText()));
    String[] arn = function.path("FunctionArn").asText().split(":", -1);
    boolean isArn = arn.length > ARN_ACCOUNT;
    return new FunctionFacts(
        layers,
        true,
        function.path("Architectures").path(0).asText("x86_64"),
        function.path("MemorySize").asInt(),
        function.path("Timeout").asInt(),
        function.path("PackageType").asText("Zip"),
        !function.path("VpcConfig").path("VpcId").asText().isEmpty(),
        null,
        isArn ? arn[ARN_REGION] : null,
        isArn ? arn[ARN_ACCOUNT] : null);
  }
}
