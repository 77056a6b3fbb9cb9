package dev.logshipper.advisor.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The known facts of a function, apart from its variables; null or 0 where the source does not
/// state it.
///
/// @param layers their ARNs, or texts of expressions
/// @param layersKnown whether each of them is an ARN
/// @param logsDenied whether its role may not write to CloudWatch Logs
public record FunctionFacts(
    @Nullable List<String> layers,
    boolean layersKnown,
    @Nullable String architecture,
    int memoryMegabytes,
    int timeoutSeconds,
    @Nullable String packageType,
    boolean inVpc,
    @Nullable Boolean logsDenied,
    @Nullable String region,
    @Nullable String account) {

  /// Nothing is known.
  public static final FunctionFacts NONE =
      new FunctionFacts(null, false, null, 0, 0, null, false, null, null, null);

  public FunctionFacts {
    layers = layers == null ? null : List.copyOf(layers);
  }

  /// These facts, with a region where none is known.
  FunctionFacts in(@Nullable String other) {
    return new FunctionFacts(
        layers,
        layersKnown,
        architecture,
        memoryMegabytes,
        timeoutSeconds,
        packageType,
        inVpc,
        logsDenied,
        other == null ? region : other,
        account);
  }

  /// These facts, with another memory size.
  FunctionFacts sized(int megabytes) {
    return new FunctionFacts(
        layers,
        layersKnown,
        architecture,
        megabytes,
        timeoutSeconds,
        packageType,
        inVpc,
        logsDenied,
        region,
        account);
  }
}
