package dev.logshipper.select;

import java.util.Locale;
import java.util.Random;

/// Expressions of RE2's syntax, and lines that they often match. Some expressions are not valid.
final class RandomExpressions {
  private static final String[] CHARACTERS = {
    "a",
    "b",
    "A",
    "k",
    "K",
    "s",
    "S",
    "i",
    "I",
    "0",
    "7",
    "-",
    "_",
    " ",
    "\"",
    "]",
    "}",
    ",",
    "\u00e9",
    "\u00c9",
    "\u017f",
    "\u212a",
    "\u0131",
    "\u0130",
    "\ud83d\ude00",
    "\ufffd",
  };
  private static final String[] ESCAPES = {
    "\\.", "\\\\", "\\[", "\\-", "\\x61", "\\x{6B}", "\\x{e9}", "\\x{1F600}", "\\t", "\\n", "\\d",
    "\\D", "\\w", "\\W", "\\s", "\\S", "\\pL", "\\p{Greek}", "\\PN", "\\p{^Lu}", "\\b", "\\B",
    "\\A", "\\z", "\\Qa.b\\E", "\\141", ".", "^", "$",
  };
  private static final String[] CLASSES = {
    "[ab]",
    "[a-k]",
    "[^a]",
    "[]a]",
    "[^]a]",
    "[a-]",
    "[-a]",
    "[\\d-]",
    "[\\w]",
    "[\\Da]",
    "[[:alpha:]]",
    "[[a]",
    "[[:a]",
    "[\\]a]",
    "[\\x61-c]",
    "[a\u00e9]",
    "[+--]",
    "[\\pL7]",
    "[a-\\x{212a}]",
    "[k-s]",
    "[^\\s]",
    "[{}]",
    "[a|b]",
    "[(]",
  };
  private static final String[] QUANTIFIERS = {
    "*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{1,}", "{0,1}", "{2,3}", "{12}", "{2,}?",
    "{,3}", "{x}", "{", "**",
  };
  private static final String[] GROUPS = {
    "(", "(?:", "(?i:", "(?i)(", "(?s:", "(?-i:", "(?i-s:", "(?U)(", "(?P<n>", "(?m)(", "(?<n>",
  };

  private final Random random;

  RandomExpressions(long seed) {
    this.random = new Random(seed);
  }

  String next() {
    String flag = random.nextInt(4) == 0 ? "(?i)" : "";
    return flag + alternatives(3);
  }

  private String alternatives(int depth) {
    StringBuilder expression = new StringBuilder(sequence(depth));
    while (random.nextInt(3) == 0) {
      expression.append('|').append(sequence(depth));
    }
    return expression.toString();
  }

  private String sequence(int depth) {
    StringBuilder expression = new StringBuilder();
    for (int parts = random.nextInt(5); parts >= 0; parts--) {
      expression.append(part(depth));
      if (random.nextInt(4) == 0) {
        expression.append(oneOf(QUANTIFIERS));
      }
    }
    return expression.toString();
  }

  private String part(int depth) {
    int kind = random.nextInt(20);
    if (kind < 12) {
      return oneOf(CHARACTERS);
    }
    if (kind < 15) {
      return oneOf(ESCAPES);
    }
    if (kind < 17) {
      return oneOf(CLASSES);
    }
    return depth == 0 ? "" : oneOf(GROUPS) + alternatives(depth - 1) + ")";
  }

  /// A line of the same characters, and of parts of the expression.
  String line(String expression) {
    StringBuilder line = new StringBuilder();
    for (int parts = random.nextInt(12); parts > 0; parts--) {
      if (random.nextBoolean()) {
        line.append(oneOf(CHARACTERS));
      } else {
        int from = random.nextInt(expression.length());
        int to = Math.min(expression.length(), from + 1 + random.nextInt(4));
        String part = expression.substring(from, to);
        line.append(random.nextInt(3) == 0 ? part.toUpperCase(Locale.ROOT) : part);
      }
    }
    return line.toString();
  }

  private String oneOf(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
