package dev.logshipper.bench.result;

/// A measured quantity.
///
/// @param unit empty for a count
public record Figure(String name, String unit) {

  public static Figure millis(String name) {
    return new Figure(name, "ms");
  }

  public static Figure megabytes(String name) {
    return new Figure(name, "MB");
  }

  public static Figure count(String name) {
    return new Figure(name, "");
  }

  public String title() {
    return unit.isEmpty() ? name : name + " " + unit;
  }
}
