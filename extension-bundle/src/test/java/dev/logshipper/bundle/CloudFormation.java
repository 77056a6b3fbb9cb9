package dev.logshipper.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A CloudFormation template whose functions, such as `Ref` and `Fn::Join`, are replaced by their
/// values.
///
/// @param parameters values of parameters; they take precedence over the template's defaults
record CloudFormation(JsonNode template, Map<String, String> parameters) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");
  private static final Map<String, String> PSEUDO_PARAMETERS =
      Map.of("AWS::Partition", "aws", "AWS::Region", "eu-west-1", "AWS::AccountId", "123456789012");

  /// The properties of each resource of the type.
  List<JsonNode> resources(String type) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode resource : template.path("Resources")) {
      if (resource.path("Type").asText().equals(type)) {
        found.add(resource.path("Properties"));
      }
    }
    return found;
  }

  /// The node itself, or the branch that its condition selects; missing where that is nothing.
  JsonNode chosen(JsonNode node) {
    JsonNode branches = node.path("Fn::If");
    if (branches.isMissingNode()) {
      return node.path("Ref").asText().equals("AWS::NoValue") ? node.path("nothing") : node;
    }
    JsonNode condition = template.path("Conditions").path(branches.path(0).asText());
    return chosen(branches.path(holds(condition) ? 1 : 2));
  }

  String text(JsonNode node) {
    if (node.isValueNode()) {
      return node.asText();
    }
    if (node.has("Ref")) {
      return value(node.path("Ref").asText());
    }
    if (node.has("Fn::Sub")) {
      return PLACEHOLDER
          .matcher(node.path("Fn::Sub").asText())
          .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode part : node.path("Fn::Join").path(1)) {
      parts.add(text(part));
    }
    if (parts.isEmpty()) {
      throw new AssertionError("not understood: " + node);
    }
    return String.join(node.path("Fn::Join").path(0).asText(), parts);
  }

  private boolean holds(JsonNode condition) {
    if (condition.has("Fn::Not")) {
      return !holds(condition.path("Fn::Not").path(0));
    }
    JsonNode sides = condition.path("Fn::Equals");
    return text(sides.path(0)).equals(text(sides.path(1)));
  }

  private String value(String name) {
    String value = parameters.getOrDefault(name, PSEUDO_PARAMETERS.get(name));
    if (value != null) {
      return value;
    }
    JsonNode preset = template.path("Parameters").path(name).path("Default");
    if (preset.isMissingNode()) {
      throw new AssertionError("no value for " + name);
    }
    return preset.asText();
  }
}
