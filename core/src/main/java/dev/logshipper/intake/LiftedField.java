package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A field to lift: its name, and the member of a JSON line that has its value. Immutable.
public final class LiftedField {
  /// More than a destination indexes usefully.
  static final int FIELDS_MAX = 16;

  private static final int NAME_CHARS_MAX = 64;

  final String name;

  /// The member, whose name may contain dots.
  final byte[] member;

  /// Two members, one in the other, if there is a dot; otherwise null.
  final byte @Nullable [] outer;

  final byte[] inner;

  private LiftedField(String name, String path) {
    this.name = name;
    this.member = path.getBytes(UTF_8);
    int dot = path.indexOf('.');
    boolean nested = dot > 0 && dot < path.length() - 1;
    this.outer = nested ? path.substring(0, dot).getBytes(UTF_8) : null;
    this.inner = path.substring(dot + 1).getBytes(UTF_8);
  }

  /// Reads `level,user.id,customer=account.id`.
  ///
  /// @return null when a name is missing, repeated or too long, has other characters, or there are
  ///   more than 16
  public static @Nullable List<LiftedField> parse(String text) {
    List<LiftedField> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String path = part.substring(equals + 1).strip();
      String name = equals < 0 ? path : part.substring(0, equals).strip();
      if (!isName(name) || !isName(path) || !names.add(name) || fields.size() == FIELDS_MAX) {
        return null;
      }
      fields.add(new LiftedField(name, path));
    }
    return List.copyOf(fields);
  }

  /// The text that reads as these fields.
  public static String write(List<LiftedField> fields) {
    StringBuilder text = new StringBuilder();
    for (LiftedField field : fields) {
      text.append(text.isEmpty() ? "" : ",").append(field);
    }
    return text.toString();
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_-.@/:".indexOf(c) >= 0;
      if (!allowed) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= NAME_CHARS_MAX;
  }

  boolean isPath(String path) {
    return Arrays.equals(member, path.getBytes(UTF_8));
  }

  /// The text that reads as this field.
  @Override
  public String toString() {
    String path = new String(member, UTF_8);
    return name.equals(path) ? path : name + "=" + path;
  }
}
