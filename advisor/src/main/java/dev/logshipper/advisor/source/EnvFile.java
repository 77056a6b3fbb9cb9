package dev.logshipper.advisor.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file of lines `NAME=value`, as Docker and dotenv read it: empty lines and those that begin
/// with `#` are ignored, `export` may precede a name, and quotes around a whole value are not part
/// of it. The last line of a name counts.
public final class EnvFile {
  private static final String EXPORT = "export ";

  private EnvFile() {}

  public static FunctionDescription read(Path file) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> lines = TextFile.read(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        readLine(line, file + " line " + (i + 1), variables);
      }
    }
    return new FunctionDescription(file.toString(), variables, Map.of(), false, FunctionFacts.NONE);
  }

  private static void readLine(String line, String place, Map<String, String> variables) {
    String pair = line.startsWith(EXPORT) ? line.substring(EXPORT.length()) : line;
    int equals = pair.indexOf('=');
    String name = equals < 0 ? "" : pair.substring(0, equals).strip();
    if (!isName(name)) {
      throw new WrongUsage(place + ": expected NAME=value");
    }
    variables.put(name, unquoted(pair.substring(equals + 1).strip()));
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)));
  }

  private static String unquoted(String value) {
    if (value.length() < 2) {
      return value;
    }
    char quote = value.charAt(0);
    boolean isQuoted = (quote == '"' || quote == '\'') && value.charAt(value.length() - 1) == quote;
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }
}
