package dev.logshipper.format.edgedelta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import java.util.SortedMap;
import java.util.TreeMap;

/// Parses the response of the Lambda API's `GetFunction`. It also contains the function's
/// variables, so no part of it is ever shown. Stateless.
final class GetFunctionResponse {
  private GetFunctionResponse() {}

  /// @param tagPrefix prefix of each tag's key
  static FunctionDetails read(String body, String tagPrefix) throws JsonException {
    JsonReader json = new JsonReader(body.getBytes(UTF_8));
    SortedMap<String, String> tags = new TreeMap<>();
    FunctionDetails configuration = FunctionDetails.NONE;
    json.expect('{');
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      if (name.equals("Tags") && json.accept('{')) {
        readTags(json, tagPrefix, tags);
      } else if (name.equals("Configuration") && json.accept('{')) {
        configuration = configuration(json);
      } else {
        json.skipValue();
      }
      json.accept(',');
    }
    return new FunctionDetails(
        tags, configuration.memorySize(), configuration.architecture(), configuration.runtime());
  }

  private static void readTags(JsonReader json, String prefix, SortedMap<String, String> tags)
      throws JsonException {
    while (!json.accept('}')) {
      String key = json.string();
      json.expect(':');
      tags.put(prefix + key, json.textOrEmpty());
      json.accept(',');
    }
  }

  private static FunctionDetails configuration(JsonReader json) throws JsonException {
    String memorySize = "";
    String architecture = "";
    String runtime = "";
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      switch (name) {
        case "MemorySize" -> memorySize = Long.toString(Math.round(json.number()));
        case "Architectures" -> architecture = joined(json);
        // Null for a function built from an image.
        case "Runtime" -> runtime = json.textOrEmpty();
        default -> json.skipValue();
      }
      json.accept(',');
    }
    return new FunctionDetails(new TreeMap<>(), memorySize, architecture, runtime);
  }

  private static String joined(JsonReader json) throws JsonException {
    if (!json.accept('[')) {
      json.skipValue();
      return "";
    }
    StringBuilder all = new StringBuilder();
    while (!json.accept(']')) {
      all.append(all.isEmpty() ? "" : ",").append(json.textOrEmpty());
      json.accept(',');
    }
    return all.toString();
  }
}
