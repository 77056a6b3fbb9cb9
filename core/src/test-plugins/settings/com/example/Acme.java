package com.example;

import dev.logshipper.config.Parser;
import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import java.util.ArrayList;
import java.util.List;

/// Has settings, in a list that can change.
public class Acme extends PlainProvider {
  static final Setting<Integer> SIZE =
      Setting.withDefault("PUSHER_ACME_SIZE", Parsers.wholeNumber(1, 9), 5, "A size.");
  static final Setting<String> TOKEN =
      Setting.required("PUSHER_ACME_TOKEN", Parser.of("no blanks", Acme::unlessBlank), "A token.")
          .secret();

  private static String unlessBlank(String text) {
    return text.indexOf(' ') < 0 ? text : null;
  }

  @Override
  public List<Setting<?>> settings() {
    return new ArrayList<>(List.of(SIZE, TOKEN));
  }
}
