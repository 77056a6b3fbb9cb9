package dev.logshipper.advisor.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.advisor.source.FunctionDescription;
import dev.logshipper.advisor.source.FunctionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Checks of the facts about a function that a template or AWS's CLI states.
public final class FactRules {
  /// Lambda quotas: layers per function, and bytes of all variables.
  private static final int LAYERS_MAX = 5;

  private static final int VARIABLES_BYTES_MAX = 4_096;
  private static final int SCARCE_MEMORY_MEGABYTES = 512;
  private static final int SHORT_TIMEOUT_SECONDS = 3;
  private static final String LAYER = "log-shipper";

  /// Lambda's manual, "Reserved environment variables".
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_MAX_CONCURRENCY",
          "AWS_LAMBDA_RUNTIME_API",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private final FunctionDescription function;
  private final FunctionFacts facts;
  private final List<Finding> findings = new ArrayList<>();

  private FactRules(FunctionDescription function) {
    this.function = function;
    this.facts = function.facts();
  }

  /// Nothing for a list of variables.
  public static List<Finding> check(FunctionDescription function) {
    FactRules rules = new FactRules(function);
    if (function.isLambda()) {
      rules.checkVariables();
      rules.checkLayers();
      rules.checkSizes();
      rules.checkNetwork();
      rules.checkLogs();
    }
    return rules.findings;
  }

  private void checkVariables() {
    Set<String> names = new TreeSet<>(function.variables().keySet());
    names.addAll(function.unknown().keySet());
    for (String name : names) {
      if (RESERVED.contains(name)) {
        findings.add(
            Finding.problem(
                name + " is reserved: Lambda rejects the function", "remove the variable"));
      }
    }
    int bytes = 0;
    for (var variable : function.variables().entrySet()) {
      bytes += utf8Length(variable.getKey()) + utf8Length(variable.getValue());
    }
    if (bytes > VARIABLES_BYTES_MAX) {
      findings.add(
          Finding.problem(
              "the variables have " + bytes + " bytes: Lambda accepts " + VARIABLES_BYTES_MAX,
              "keep secrets in Secrets Manager or SSM, and name them by their ARN"));
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(UTF_8).length;
  }

  private void checkLayers() {
    List<String> layers = facts.layers() == null ? List.of() : facts.layers();
    if ("Image".equals(facts.packageType())) {
      findings.add(
          layers.isEmpty()
              ? Finding.note(
                  "a container image has no layers: the image must contain the layer in /opt")
              : Finding.problem(
                  "a container image cannot have layers",
                  "copy the content of the layer's zip to /opt in the Dockerfile"));
      return;
    }
    if (layers.size() > LAYERS_MAX) {
      findings.add(
          Finding.problem(
              "the function has " + layers.size() + " layers: Lambda accepts " + LAYERS_MAX,
              "merge or remove some"));
    }
    String ours = "";
    for (String layer : layers) {
      ours = layer.contains(LAYER) ? layer : ours;
    }
    if (layers.isEmpty()) {
      findings.add(
          Finding.problem(
              "no layer is attached: nothing is shipped",
              "add the ARN that scripts/publish prints to the function's layers"));
    } else if (!ours.isEmpty()) {
      checkArchitecture(ours);
    } else {
      findings.add(
          Finding.note(
              facts.layersKnown()
                  ? "none of the layers is named " + LAYER + ": is it attached under another name?"
                  : "a layer's ARN is unknown until deployed: not checked"));
    }
  }

  private void checkArchitecture(String layer) {
    String architecture = facts.architecture();
    String other = "arm64".equals(architecture) ? "x86_64" : "arm64";
    if (architecture != null && layer.contains(other)) {
      findings.add(
          Finding.problem(
              "the layer is for " + other + ", the function runs on " + architecture,
              "use the layer for " + architecture));
    } else {
      findings.add(Finding.ok("the layer is attached"));
    }
    if (facts.region() != null
        && layer.startsWith("arn:")
        && !layer.contains(":" + facts.region() + ":")) {
      findings.add(
          Finding.problem(
              "the layer is in another region than the function (" + facts.region() + ")",
              "publish it there: scripts/publish --region " + facts.region()));
    }
  }

  private void checkSizes() {
    int memory = facts.memoryMegabytes();
    if (memory > 0 && memory < SCARCE_MEMORY_MEGABYTES) {
      findings.add(
          Finding.note(
              String.format(
                  Locale.ROOT,
                  "%d MB of memory: init waits up to 500 ms for the first connection"
                      + " (PUSHER_WARM_UP_MS), and the layer needs some 50 to 60 MB of it",
                  memory)));
    }
    int timeout = facts.timeoutSeconds();
    if (timeout > 0 && timeout < SHORT_TIMEOUT_SECONDS) {
      findings.add(
          Finding.note(
              "a timeout of "
                  + timeout
                  + " s: an invocation is held at most until 250 ms before it"));
    }
  }

  private void checkNetwork() {
    if (facts.inVpc()) {
      findings.add(
          Finding.note(
              "the function is in a VPC: it reaches the destination only by a NAT gateway, a VPC"
                  + " endpoint, or inside the VPC"));
    }
  }

  private void checkLogs() {
    Boolean denied = facts.logsDenied();
    if (denied == null) {
      findings.add(
          Finding.note("whether the role may write to CloudWatch Logs is not visible here"));
    } else if (denied) {
      findings.add(
          Finding.ok(
              "the role is denied to write to CloudWatch Logs: lines are not paid for twice"));
    } else {
      findings.add(
          Finding.note(
              "the role is not denied to write to CloudWatch Logs: each line is stored, and paid"
                  + " for, there too"));
    }
  }
}
