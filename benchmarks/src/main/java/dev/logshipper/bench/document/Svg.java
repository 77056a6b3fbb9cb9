package dev.logshipper.bench.document;

/// An SVG picture on white, drawn in the order of the calls.
public final class Svg {
  private final StringBuilder svg = new StringBuilder();

  public Svg(int width, int height) {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width);
    svg.append(' ').append(height).append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
  }

  public void text(long x, long y, String text) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
    svg.append(text).append("</text>\n");
  }

  public void box(long x, long y, long width, long height, String colour) {
    svg.append("<rect x=\"").append(x).append("\" y=\"").append(y);
    svg.append("\" width=\"").append(width).append("\" height=\"").append(height);
    svg.append("\" fill=\"").append(colour).append("\"/>\n");
  }

  /// Draws a line through points.
  ///
  /// @param points pairs `x,y`, separated by spaces
  public void line(String points, int width, String colour) {
    svg.append("<polyline fill=\"none\" stroke=\"").append(colour);
    svg.append("\" stroke-width=\"").append(width);
    svg.append("\" points=\"").append(points).append("\"/>\n");
  }

  @Override
  public String toString() {
    return svg + "</svg>\n";
  }
}
