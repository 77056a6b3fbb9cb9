package dev.logshipper.redact;

import java.util.Locale;

/// IPv6 addresses (RFC 4291), with `::` and with an IPv4 address at the end. Times, MAC addresses,
/// ARNs and names such as `std::string` are none: an address without `::` has eight groups, and a
/// short one with it has a digit.
final class Ipv6Scanner implements ValueScanner {
  private static final int GROUPS = 8;
  private static final int GROUP_DIGITS_MAX = 4;

  @Override
  public String triggers() {
    return ":";
  }

  @Override
  public boolean find(Text text, int at) {
    int start = at;
    while (at - start <= GROUP_DIGITS_MAX && start > text.floor() && text.isHexDigit(start - 1)) {
      start--;
    }
    boolean begins = start < at ? at - start <= GROUP_DIGITS_MAX : text.at(at + 1) == ':';
    return begins && !isJoined(text, start - 1) && findFrom(text, start);
  }

  /// In lower case, but not normalised further.
  @Override
  public String canonical(String value) {
    return value.toLowerCase(Locale.ROOT);
  }

  private static boolean findFrom(Text text, int start) {
    int groups = 0;
    boolean isCompressed = false;
    boolean hasDigit = false;
    int at = start;
    int end = -1;
    while (end < 0) {
      int groupEnd = endOfGroup(text, at);
      if (groupEnd == at && at > start && text.at(at) == ':') {
        return false;
      }
      int dotted = text.at(groupEnd) == '.' ? Ipv4Scanner.endOfAddress(text, at) : at;
      if (dotted > at) {
        groups += 2;
        hasDigit = true;
        end = dotted;
      } else {
        for (int i = at; i < groupEnd; i++) {
          hasDigit |= text.isDigit(i);
        }
        groups += groupEnd > at ? 1 : 0;
        if (text.at(groupEnd) != ':' || groups > GROUPS) {
          end = groupEnd;
        } else if (text.at(groupEnd + 1) == ':') {
          if (isCompressed) {
            return false;
          }
          isCompressed = true;
          at = groupEnd + 2;
        } else if (!text.isHexDigit(groupEnd + 1)) {
          // A colon after the address, as in a sentence.
          end = groupEnd;
        } else {
          at = groupEnd + 1;
        }
      }
    }
    boolean isAddress =
        isCompressed ? groups < GROUPS && groups > 0 && (hasDigit || groups > 2) : groups == GROUPS;
    return isAddress && !isPartOfMore(text, end) && text.found(start, end);
  }

  private static int endOfGroup(Text text, int from) {
    int at = from;
    while (at - from < GROUP_DIGITS_MAX && text.isHexDigit(at)) {
      at++;
    }
    return at;
  }

  private static boolean isPartOfMore(Text text, int end) {
    byte after = text.at(end);
    return text.isLetterOrDigit(end)
        || after == '_'
        || (after == ':' && text.at(end + 1) == ':')
        || (after == '.' && text.isLetterOrDigit(end + 1));
  }

  private static boolean isJoined(Text text, int before) {
    byte b = text.at(before);
    return text.isLetterOrDigit(before)
        || b == '_'
        || b == '-'
        || b == '.'
        || (b == ':' && !isWord(text, before));
  }

  /// Whether a word ends here that is no group of an address, as in `source:::1`.
  private static boolean isWord(Text text, int end) {
    int start = end;
    while (end - start <= GROUP_DIGITS_MAX && text.isHexDigit(start - 1)) {
      start--;
    }
    byte b = text.at(start - 1);
    return end - start > GROUP_DIGITS_MAX || text.isLetter(start - 1) || b == '"' || b == '_';
  }
}
