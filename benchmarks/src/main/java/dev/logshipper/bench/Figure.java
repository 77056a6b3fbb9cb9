package dev.logshipper.bench;

/// Something that is measured.
///
/// @param unit empty for a count
record Figure(String name, String unit) {

  static Figure millis(String name) {
    return new Figure(name, "ms");
  }

  static Figure megabytes(String name) {
    return new Figure(name, "MB");
  }

  static Figure count(String name) {
    return new Figure(name, "");
  }

  String title() {
    return unit.isEmpty() ? name : name + " " + unit;
  }
}
