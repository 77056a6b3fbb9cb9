package dev.logshipper.advisor.source;

import java.util.HashMap;
import java.util.Map;

/// A function's variables, and the facts that its source states.
///
/// @param origin the source, for people
/// @param variables with known values
/// @param unknown variables whose values are not known before a deployment, with their expressions
/// @param isLambda whether the source is a definition of a function, rather than a list of
///   variables
public record FunctionDescription(
    String origin,
    Map<String, String> variables,
    Map<String, String> unknown,
    boolean isLambda,
    FunctionFacts facts) {

  public FunctionDescription {
    variables = Map.copyOf(variables);
    unknown = Map.copyOf(unknown);
  }

  /// The same function in another region.
  public FunctionDescription in(String region) {
    return new FunctionDescription(origin, variables, unknown, isLambda, facts.in(region));
  }

  /// The same function with another memory size.
  public FunctionDescription sized(int memoryMegabytes) {
    return new FunctionDescription(
        origin, variables, unknown, isLambda, facts.sized(memoryMegabytes));
  }

  /// The same function with other variables.
  public FunctionDescription with(Map<String, String> others) {
    Map<String, String> stillUnknown = new HashMap<>(unknown);
    stillUnknown.keySet().removeAll(others.keySet());
    return new FunctionDescription(origin, others, stillUnknown, isLambda, facts);
  }
}
