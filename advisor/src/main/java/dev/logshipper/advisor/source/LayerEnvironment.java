package dev.logshipper.advisor.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// The variables that the layer would find in the function's environment: the function's own, and
/// stand-ins for those that Lambda sets.
public final class LayerEnvironment {
  private static final int DEFAULT_MEMORY_MEGABYTES = 128;
  private static final String DEFAULT_REGION = "us-east-1";

  private LayerEnvironment() {}

  /// The variables of a function.
  ///
  /// @param fill values for variables that are not known before a deployment
  public static Map<String, String> of(FunctionDescription function, Map<String, String> fill) {
    Map<String, String> all = new LinkedHashMap<>();
    FunctionFacts facts = function.facts();
    int memory = facts.memoryMegabytes();
    all.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    all.put("AWS_REGION", facts.region() == null ? DEFAULT_REGION : facts.region());
    all.put(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        Integer.toString(memory == 0 ? DEFAULT_MEMORY_MEGABYTES : memory));
    all.putAll(function.variables());
    for (String name : new TreeSet<>(function.unknown().keySet())) {
      all.put(name, fill.getOrDefault(name, ""));
    }
    return all;
  }
}
