package dev.logshipper.sandbox.destination.s3;

import dev.logshipper.sandbox.destination.ScriptedResponse;

/// Writes S3's responses.
final class Xml {
  private Xml() {}

  static ScriptedResponse.Http response(int status, CharSequence root) {
    return ScriptedResponse.status(status)
        .header("Content-Type", "application/xml")
        .body("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root);
  }

  static void append(StringBuilder xml, String element, String text) {
    xml.append('<').append(element).append('>');
    xml.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    xml.append("</").append(element).append('>');
  }
}
