package dev.logshipper.redact;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// International bank account numbers (ISO 13616): a country, its length, and check digits by
/// modulo 97; written together or in groups of four.
final class IbanScanner implements ValueScanner {
  /// From SWIFT's registry: a length, and the countries that have it.
  private static final String LENGTHS =
      "15NO 16BE 18DKFKFOFIGLNLSD 19MKSI 20ATBAEEKZLTLUMNXK 21CHHRLILVUY"
          + " 22BGBHCRDEGBGEIEMERSVA 23AEGIILIQOMSOTL 24ADCZESMDPKROSASESKTNVG 25LYPTST"
          + " 26ISTR 27BICVDJFRGRHNITMCMRSM 28ALAZBYCYDOGTHUHNLBNIPLSV 29BREGPSQA"
          + " 30JOKWMUYE 31MTSC 32LC 33RU";

  private static final Map<String, Integer> LENGTH_BY_COUNTRY = lengths();

  @Override
  public int digitShapes() {
    return DigitRun.AFTER_LETTER;
  }

  @Override
  public boolean find(Text text, int at) {
    int start = at - 2;
    if (start < text.floor()
        || !isCountry(text, start)
        || text.isLetterOrDigit(start - 1)
        || !text.isDigit(at + 1)) {
      return false;
    }
    Integer length = LENGTH_BY_COUNTRY.get(country(text, start));
    return length != null && findAccount(text, start, length);
  }

  /// Without spaces, in upper case.
  @Override
  public String canonical(String value) {
    return value.replace(" ", "").replace("-", "").toUpperCase(Locale.ROOT);
  }

  private static boolean isCountry(Text text, int at) {
    return text.isLetter(at)
        && text.isLetter(at + 1)
        && (text.at(at) & 0x20) == (text.at(at + 1) & 0x20);
  }

  private static String country(Text text, int at) {
    char first = (char) (text.at(at) & ~0x20);
    char second = (char) (text.at(at + 1) & ~0x20);
    return "" + first + second;
  }

  private static boolean findAccount(Text text, int start, int length) {
    byte separator = text.at(start + 4);
    boolean isGrouped = separator == ' ' || separator == '-';
    int group = isGrouped ? 4 : length;
    int at = start;
    int remainder = 0;
    for (int i = 0; i < length; i++) {
      if (i > 0 && i % group == 0) {
        if (text.at(at) != separator) {
          return false;
        }
        at++;
      }
      if (!text.isLetterOrDigit(at)) {
        return false;
      }
      // The first four characters count last.
      remainder = i < 4 ? remainder : append(remainder, text.at(at));
      at++;
    }
    for (int i = start; i < start + 4; i++) {
      remainder = append(remainder, text.at(i));
    }
    return remainder == 1 && !text.isLetterOrDigit(at) && text.found(start, at);
  }

  /// Letters count as 10 to 35.
  private static int append(int remainder, byte b) {
    return b <= '9'
        ? (remainder * 10 + b - '0') % 97
        : (remainder * 100 + (b | 0x20) - 'a' + 10) % 97;
  }

  private static Map<String, Integer> lengths() {
    Map<String, Integer> lengths = new HashMap<>();
    for (String group : LENGTHS.split(" ", -1)) {
      int length = Integer.parseInt(group.substring(0, 2));
      for (int at = 2; at < group.length(); at += 2) {
        lengths.put(group.substring(at, at + 2), length);
      }
    }
    return lengths;
  }
}
