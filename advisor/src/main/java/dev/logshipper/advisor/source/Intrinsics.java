package dev.logshipper.advisor.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Computes the intrinsic functions of a template whose result does not depend on a deployment.
///
/// @param parameters the values of parameters and pseudo parameters that are known
record Intrinsics(Map<String, String> parameters) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(!?)([^}]*)}");
  private static final String DYNAMIC = "{{resolve:";

  Intrinsics {
    parameters = Map.copyOf(parameters);
  }

  /// The text of a value; null if it is not known before the deployment.
  @Nullable String text(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.size() == 1 ? computed(map.entrySet().iterator().next()) : null;
    }
    if (value == null || value instanceof List<?>) {
      return null;
    }
    String text = value.toString();
    return text.contains(DYNAMIC) ? null : text;
  }

  private @Nullable String computed(Map.Entry<?, ?> function) {
    Object argument = function.getValue();
    return switch (function.getKey().toString()) {
      case "Ref" -> parameters.get(String.valueOf(argument));
      case "Fn::Sub" -> substituted(argument);
      case "Fn::Join" -> argument instanceof List<?> list ? joined(list) : null;
      default -> null;
    };
  }

  private @Nullable String substituted(Object argument) {
    if (argument instanceof List<?> list) {
      return list.size() == 2 && list.get(1) instanceof Map<?, ?> own
          ? substituted(String.valueOf(list.getFirst()), own)
          : null;
    }
    return substituted(argument.toString(), Map.of());
  }

  private @Nullable String substituted(String text, Map<?, ?> own) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2).strip();
      Object given = own.get(name);
      String value = given == null ? parameters.get(name) : text(given);
      if (!matcher.group(1).isEmpty()) {
        value = "${" + name + "}";
      }
      if (value == null) {
        return null;
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private @Nullable String joined(List<?> arguments) {
    if (arguments.size() != 2 || !(arguments.get(1) instanceof List<?> parts)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object part : parts) {
      String text = text(part);
      if (text == null) {
        return null;
      }
      texts.add(text);
    }
    return String.join(String.valueOf(arguments.getFirst()), texts);
  }

  /// An expression in a few words, without the texts in it: `Ref BucketName`, `Fn::If`.
  static String describe(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && map.size() == 1) {
      Map.Entry<?, ?> function = map.entrySet().iterator().next();
      boolean isName = function.getKey().equals("Ref") || function.getKey().equals("Fn::GetAtt");
      return isName ? function.getKey() + " " + function.getValue() : function.getKey().toString();
    }
    return "a dynamic reference";
  }
}
