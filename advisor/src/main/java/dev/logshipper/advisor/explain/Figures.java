package dev.logshipper.advisor.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Numbers that are neither simulated nor computed: list prices and measured costs.
public final class Figures {
  private final Properties properties = new Properties();

  private Figures(String resource) {
    try (InputStream stream =
        Figures.class.getResourceAsStream("/dev/logshipper/advisor/" + resource)) {
      if (stream == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// List prices, with their date and region.
  public static Figures prices() {
    return new Figures("prices.properties");
  }

  /// Measured costs of the layer.
  public static Figures costs() {
    return new Figures("costs.properties");
  }

  public String text(String name) {
    return properties.getProperty(name, "");
  }

  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  /// A price by volume.
  public double tiered(String name, double gigabytes) {
    double left = gigabytes;
    double price = 0;
    for (String tier : text(name).split(",", -1)) {
      String[] parts = tier.split(":", -1);
      double size = Double.parseDouble(parts[0]);
      double part = size == 0 ? left : Math.min(left, size);
      price += part * Double.parseDouble(parts[1]);
      left -= part;
    }
    return price;
  }

  /// Milliseconds that a cold start is billed longer, with default settings.
  public double coldMillis(int memoryMegabytes) {
    return coldStart("default", memoryMegabytes).billedMillis();
  }

  /// A cold start, between the measured memory sizes.
  ///
  /// @param warmUp `default`, `warm-up` or `no-warm-up`
  ColdStart coldStart(String warmUp, int memoryMegabytes) {
    TreeMap<Integer, ColdStart> measured = new TreeMap<>();
    String prefix = warmUp + ".";
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        measured.put(Integer.parseInt(name.substring(prefix.length())), ColdStart.of(text(name)));
      }
    }
    Map.Entry<Integer, ColdStart> below = measured.floorEntry(memoryMegabytes);
    Map.Entry<Integer, ColdStart> above = measured.ceilingEntry(memoryMegabytes);
    if (below == null || above == null || below.equals(above)) {
      return (below == null ? measured.firstEntry() : below).getValue();
    }
    double share = (double) (memoryMegabytes - below.getKey()) / (above.getKey() - below.getKey());
    return below.getValue().between(above.getValue(), share);
  }
}
