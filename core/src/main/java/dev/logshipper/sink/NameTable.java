package dev.logshipper.sink;

/// A small table of names in letters, which is searched in bytes: in any case, without separators
/// and without an allocation.
final class NameTable {
  private static final int SLOTS = 256;
  private static final long FACTOR = 33;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /// Longer than any name.
  private static final int BYTES_MAX = 24;

  private final long[] keys = new long[SLOTS];
  private final byte[] codes = new byte[SLOTS];

  /// @param names in lower case, separated by spaces
  /// @param code not 0
  void put(String names, int code) {
    int from = 0;
    while (from < names.length()) {
      int space = names.indexOf(' ', from);
      int to = space < 0 ? names.length() : space;
      long key = 0;
      for (int i = from; i < to; i++) {
        key = key * FACTOR + (names.charAt(i) & 0x1f);
      }
      int slot = slot(key);
      keys[slot] = key;
      codes[slot] = (byte) code;
      from = to + 1;
    }
  }

  /// The code of a name; 0 when it is not in the table. Ignores `_`, `-`, `.` and `@`.
  int get(byte[] bytes, int from, int to) {
    if (to - from > BYTES_MAX) {
      return 0;
    }
    long key = 0;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (LevelNames.isLetter(b)) {
        key = key * FACTOR + (b & 0x1f);
      } else if (b != '_' && b != '-' && b != '.' && b != '@') {
        return 0;
      }
    }
    return codes[slot(key)];
  }

  /// The slot of a key, or the free one where it belongs.
  private int slot(long key) {
    int slot = (int) ((key * SPREAD) >>> 56);
    while (keys[slot] != key && keys[slot] != 0) {
      slot = (slot + 1) % SLOTS;
    }
    return slot;
  }
}
