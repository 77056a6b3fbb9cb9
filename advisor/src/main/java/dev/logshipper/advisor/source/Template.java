package dev.logshipper.advisor.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A function in a SAM or CloudFormation template.
public final class Template {
  private static final String SAM_FUNCTION = "AWS::Serverless::Function";
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final int DEFAULT_MEMORY = 128;
  private static final int DEFAULT_TIMEOUT = 3;

  private final Map<?, ?> root;
  private final Intrinsics intrinsics;

  private Template(Map<?, ?> root, Intrinsics intrinsics) {
    this.root = root;
    this.intrinsics = intrinsics;
  }

  /// Reads a function of the template.
  ///
  /// @param resource its logical name; null if there is only one function
  /// @param parameters values of the template's parameters; they take precedence over defaults
  public static FunctionDescription read(
      Path file, @Nullable String resource, Map<String, String> parameters) {
    Map<?, ?> root = TemplateText.read(file);
    Map<String, String> known = new TreeMap<>();
    map(root.get("Parameters"))
        .forEach((name, parameter) -> {
          Object fallback = map(parameter).get("Default");
          if (fallback != null) {
            known.put(name.toString(), fallback.toString());
          }
        });
    for (String given : parameters.keySet()) {
      if (!given.startsWith("AWS::") && !map(root.get("Parameters")).containsKey(given)) {
        throw new WrongUsage("--parameter " + given + ": the template has no such parameter");
      }
    }
    known.putAll(parameters);
    return new Template(root, new Intrinsics(known)).describe(file, resource);
  }

  private FunctionDescription describe(Path file, @Nullable String resource) {
    Map<String, Map<?, ?>> functions = functions();
    if (functions.isEmpty()) {
      throw new WrongUsage(file + " has no function: expected a resource of type " + SAM_FUNCTION);
    }
    String names = String.join(", ", functions.keySet());
    if (resource == null && functions.size() > 1) {
      throw new WrongUsage(
          file + " has several functions: name one with --resource (" + names + ")");
    }
    String name = resource == null ? functions.keySet().iterator().next() : resource;
    Map<?, ?> function = functions.get(name);
    if (function == null) {
      throw new WrongUsage(
          "--resource " + name + ": " + file + " has no such function (" + names + ")");
    }
    Map<?, ?> own = map(function.get("Properties"));
    Map<?, ?> shared =
        SAM_FUNCTION.equals(function.get("Type"))
            ? map(map(root.get("Globals")).get("Function"))
            : Map.of();
    Map<Object, Object> all =
        new LinkedHashMap<>(map(map(shared.get("Environment")).get("Variables")));
    all.putAll(map(map(own.get("Environment")).get("Variables")));
    Map<String, String> variables = new LinkedHashMap<>();
    Map<String, String> unknown = new LinkedHashMap<>();
    all.forEach((key, value) -> {
      String text = intrinsics.text(value);
      if (text == null) {
        unknown.put(key.toString(), Intrinsics.describe(value));
      } else {
        variables.put(key.toString(), text);
      }
    });
    return new FunctionDescription(
        file + ", " + name, variables, unknown, true, facts(own, shared));
  }

  private Map<String, Map<?, ?>> functions() {
    Map<String, Map<?, ?>> functions = new LinkedHashMap<>();
    map(root.get("Resources"))
        .forEach((name, resource) -> {
          Object type = map(resource).get("Type");
          if (SAM_FUNCTION.equals(type) || FUNCTION.equals(type)) {
            functions.put(name.toString(), map(resource));
          }
        });
    return functions;
  }

  private FunctionFacts facts(Map<?, ?> own, Map<?, ?> shared) {
    List<String> layers = new ArrayList<>();
    boolean sharedKnown = addLayers(shared.get("Layers"), layers);
    boolean known = addLayers(own.get("Layers"), layers) && sharedKnown;
    Object architectures = either("Architectures", own, shared);
    return new FunctionFacts(
        layers,
        known,
        architectures instanceof List<?> list && !list.isEmpty()
            ? intrinsics.text(list.getFirst())
            : "x86_64",
        number(either("MemorySize", own, shared), DEFAULT_MEMORY),
        number(either("Timeout", own, shared), DEFAULT_TIMEOUT),
        own.containsKey("PackageType") ? intrinsics.text(own.get("PackageType")) : "Zip",
        either("VpcConfig", own, shared) != null,
        new RolePolicies(map(root.get("Resources"))).denyLogs(own),
        intrinsics.text(Map.of("Ref", "AWS::Region")),
        intrinsics.text(Map.of("Ref", "AWS::AccountId")));
  }

  /// Returns whether each layer is a known text.
  private boolean addLayers(@Nullable Object value, List<String> layers) {
    if (value == null) {
      return true;
    }
    if (!(value instanceof List<?> list)) {
      layers.add(Intrinsics.describe(value));
      return false;
    }
    boolean known = true;
    for (Object layer : list) {
      String text = intrinsics.text(layer);
      layers.add(text == null ? Intrinsics.describe(layer) : text);
      known &= text != null;
    }
    return known;
  }

  private int number(@Nullable Object value, int fallback) {
    if (value == null) {
      return fallback;
    }
    String text = intrinsics.text(value);
    try {
      return text == null ? 0 : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static @Nullable Object either(String name, Map<?, ?> own, Map<?, ?> shared) {
    return own.containsKey(name) ? own.get(name) : shared.get(name);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
