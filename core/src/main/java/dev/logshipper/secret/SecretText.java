package dev.logshipper.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logshipper.secret.SecretReference.Service;
import dev.logshipper.sink.support.Http1Response;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import org.jspecify.annotations.Nullable;

/// Extracts the text of a secret from a response, and one member from a text that is a JSON object.
/// Stateless.
final class SecretText {
  private static final int ERROR_CHARS_MAX = 60;

  private SecretText() {}

  /// The text in a response of a service.
  ///
  /// @throws SecretUnavailable when there is none, with a hint
  static String of(Service service, Http1Response response)
      throws SecretUnavailable, JsonException {
    if (response.status() != 200) {
      throw new SecretUnavailable(reason(service, response.status(), error(response)));
    }
    String name = service == Service.SSM ? "Value" : "SecretString";
    String text = member(response.body(), service == Service.SSM, name);
    if (text == null) {
      throw new SecretUnavailable("the secret is binary, expected text");
    }
    return text;
  }

  /// A secret as it is used: the whole text or a member of the object that it is, without line ends
  /// after it.
  ///
  /// @param key name of the member; empty for the whole text
  static String member(String text, String key) throws SecretUnavailable {
    String value = key.isEmpty() ? text : memberOf(text, key);
    int end = value.length();
    while (end > 0 && (value.charAt(end - 1) == '\n' || value.charAt(end - 1) == '\r')) {
      end--;
    }
    if (value.substring(0, end).isBlank()) {
      throw new SecretUnavailable("the secret is empty");
    }
    return value.substring(0, end);
  }

  private static String memberOf(String text, String key) throws SecretUnavailable {
    try {
      JsonReader json = new JsonReader(text.getBytes(UTF_8));
      json.expect('{');
      while (!json.accept('}')) {
        String name = json.string();
        json.expect(':');
        if (name.equals(key)) {
          return scalar(json);
        }
        json.skipValue();
        json.accept(',');
      }
    } catch (JsonException _) {
      throw new SecretUnavailable("the secret is no JSON object, expected one with a key after #");
    }
    throw new SecretUnavailable("the secret has no such JSON key");
  }

  private static String scalar(JsonReader json) throws JsonException, SecretUnavailable {
    char first = json.peek();
    if (first == '{' || first == '[' || first == 'n') {
      throw new SecretUnavailable("the JSON key's value is not text");
    }
    return first == '"' ? json.string() : new String(json.valueBytes(), UTF_8);
  }

  /// A text member of an object, or of the object `Parameter` in it.
  private static @Nullable String member(byte[] body, boolean inParameter, String wanted)
      throws JsonException {
    JsonReader json = new JsonReader(body);
    json.expect('{');
    while (!json.accept('}')) {
      String name = json.string();
      json.expect(':');
      if (inParameter && name.equals("Parameter")) {
        return member(json.valueBytes(), false, wanted);
      }
      if (!inParameter && name.equals(wanted) && json.peek() == '"') {
        return json.string();
      }
      json.skipValue();
      json.accept(',');
    }
    return null;
  }

  private static String reason(Service service, int status, String error) {
    return switch (error) {
      case "AccessDeniedException" ->
          service.title
              + " denies access: the function's role needs "
              + service.action()
              + ", and kms:Decrypt where the key is your own";
      case "ResourceNotFoundException" -> service.title + " has no such secret";
      case "ParameterNotFound", "ParameterVersionNotFound" ->
          service.title + " has no such parameter";
      default -> service.title + " returned " + (status + " " + error).strip();
    };
  }

  /// The name of the error: only letters, so that nothing else of a response is shown.
  private static String error(Http1Response response) {
    String type = response.header("x-amzn-ErrorType");
    if (type == null) {
      try {
        type = member(response.body(), false, "__type");
      } catch (JsonException _) {
        type = null;
      }
    }
    return type == null ? "" : letters(type.substring(type.lastIndexOf('#') + 1));
  }

  private static String letters(String text) {
    int end = 0;
    while (end < text.length() && end < ERROR_CHARS_MAX && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }
}
