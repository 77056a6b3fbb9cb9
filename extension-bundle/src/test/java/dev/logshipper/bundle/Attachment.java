package dev.logshipper.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The parts by which a function is attached to the layer.
///
/// @param permissions each `effect action,action resource`, sorted, without those that a tool adds
///   for CloudWatch Logs
record Attachment(List<String> layers, Map<String, String> variables, List<String> permissions) {

  /// The only function of a template, with the policies of all roles.
  static Attachment of(CloudFormation template) {
    List<Attachment> all = ofEach(template);
    if (all.size() != 1) {
      throw new AssertionError("expected one function instead of " + all.size());
    }
    return all.getFirst();
  }

  static List<Attachment> ofEach(CloudFormation template) {
    List<String> permissions = permissions(template);
    List<Attachment> all = new ArrayList<>();
    for (JsonNode function : template.resources("AWS::Lambda::Function")) {
      List<String> layers = new ArrayList<>();
      function.path("Layers").forEach(layer -> layers.add(template.text(layer)));
      all.add(new Attachment(layers, variables(function, template), permissions));
    }
    return all;
  }

  /// The outputs of the Terraform module; `policy` is the text of a policy, or null.
  static Attachment ofOutputs(JsonNode outputs, JsonNode policy) {
    CloudFormation literal = new CloudFormation(policy, Map.of());
    List<String> layers = new ArrayList<>();
    outputs.path("layers").forEach(layer -> layers.add(layer.asText()));
    Map<String, String> variables = new TreeMap<>();
    outputs
        .path("variables")
        .properties()
        .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
    List<String> permissions = new ArrayList<>();
    add(policy, literal, permissions);
    return new Attachment(layers, variables, permissions.stream().sorted().toList());
  }

  /// An empty value counts as not set.
  private static Map<String, String> variables(JsonNode function, CloudFormation template) {
    Map<String, String> variables = new TreeMap<>();
    function
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> {
          String value = template.text(variable.getValue());
          if (!value.isEmpty()) {
            variables.put(variable.getKey(), value);
          }
        });
    return variables;
  }

  private static List<String> permissions(CloudFormation template) {
    List<String> permissions = new ArrayList<>();
    for (JsonNode policy : template.resources("AWS::IAM::Policy")) {
      add(policy.path("PolicyDocument"), template, permissions);
    }
    for (JsonNode role : template.resources("AWS::IAM::Role")) {
      for (JsonNode policy : role.path("Policies")) {
        add(template.chosen(policy).path("PolicyDocument"), template, permissions);
      }
    }
    return permissions.stream().sorted().toList();
  }

  private static void add(JsonNode document, CloudFormation template, List<String> permissions) {
    for (JsonNode statement : document.path("Statement")) {
      String permission =
          statement.path("Effect").asText()
              + " "
              + texts(statement.path("Action"), template)
              + " "
              + texts(statement.path("Resource"), template);
      if (!permission.startsWith("Allow logs:")) {
        permissions.add(permission);
      }
    }
  }

  private static String texts(JsonNode node, CloudFormation template) {
    if (!node.isArray()) {
      return template.text(node);
    }
    List<String> texts = new ArrayList<>();
    node.forEach(element -> texts.add(template.text(element)));
    return String.join(",", texts);
  }
}
