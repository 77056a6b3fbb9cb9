package dev.logshipper.advisor.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A CloudFormation template, in YAML or JSON, as maps, lists and texts. The short form of an
/// intrinsic function (`!Sub x`) becomes its long one (`{"Fn::Sub": "x"}`).
final class TemplateText {
  private static final int DEPTH_MAX = 100;

  private TemplateText() {}

  static Map<?, ?> read(Path file) {
    String text = TextFile.read(file);
    Object root = text.stripLeading().startsWith("{") ? json(text, file) : yaml(text, file);
    if (root instanceof Map<?, ?> map && map.get("Resources") instanceof Map<?, ?>) {
      return map;
    }
    throw new WrongUsage(file + " is no CloudFormation template: it has no Resources");
  }

  private static Object json(String text, Path file) {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readValue(text, Map.class);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      String place = location == null ? "" : ": line " + location.getLineNr();
      throw new WrongUsage(file + " is no JSON" + place);
    }
  }

  private static Object yaml(String text, Path file) {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      return root == null ? "" : value(root, 0);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new WrongUsage(file + " is no YAML: line " + line);
    } catch (YAMLException e) {
      throw new WrongUsage(file + " is no YAML");
    }
  }

  private static Object value(Node node, int depth) {
    if (depth > DEPTH_MAX) {
      throw new YAMLException("too deep");
    }
    Object value =
        switch (node) {
          case ScalarNode scalar -> scalar.getValue();
          case SequenceNode sequence -> {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(each -> list.add(value(each, depth + 1)));
            yield list;
          }
          case MappingNode mapping -> map(mapping, depth);
          default -> throw new YAMLException("unexpected node");
        };
    String tag = node.getTag().getValue();
    return tag.startsWith("!") && tag.length() > 1 ? Map.of(longName(tag), value) : value;
  }

  private static Map<Object, Object> map(MappingNode mapping, int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (NodeTuple pair : mapping.getValue()) {
      map.put(value(pair.getKeyNode(), depth + 1), value(pair.getValueNode(), depth + 1));
    }
    return map;
  }

  private static String longName(String tag) {
    String name = tag.substring(1);
    return name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
  }
}
