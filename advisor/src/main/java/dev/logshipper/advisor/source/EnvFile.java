package dev.logshipper.advisor.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of lines `NAME=value`, as Docker and dotenv read it: empty lines and those that begin
/// with `#` are ignored, `export` may precede a name, and quotes around a whole value, and a
/// comment after them, are not part of it. The last line of a name counts.
public final class EnvFile {
  private static final Pattern EXPORT = Pattern.compile("export\\s+");

  /// A whole value in quotes, perhaps with a comment after it.
  private static final Pattern QUOTED = Pattern.compile("(?:\"([^\"]*)\"|'([^']*)')(?:\\s+#.*)?");

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
    Matcher export = EXPORT.matcher(line);
    String pair = export.lookingAt() ? line.substring(export.end()) : line;
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
    Matcher quoted = QUOTED.matcher(value);
    if (!quoted.matches()) {
      return value;
    }
    return quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
  }
}
