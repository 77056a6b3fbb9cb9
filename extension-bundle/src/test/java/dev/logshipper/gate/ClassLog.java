package dev.logshipper.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The classes in the JVM's log.
///
/// All classes in an AOT cache are loaded when the JVM starts, so loading means little. A class is
/// initialized only when code uses it.
///
/// @param used classes in the order of their first use, except those generated at run time
/// @param outsideTheCache classes from jars and modules, not from the AOT cache
/// @param madeAtRunTime classes that the JVM generated, for example for a lambda or a `switch` over
///   types
record ClassLog(List<Use> used, long outsideTheCache, long madeAtRunTime) {
  private static final String OPTION = "-Xlog:class+load,class+init:file=";
  private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source: (.*)");
  private static final Pattern INITIALISED =
      Pattern.compile(" Initializing '([^']+)'.* by thread \"(.*)\"$");
  private static final String CACHE = "shared objects file";

  /// Those made at run time have an address for a name.
  private static final String ADDRESS = "0x";

  /// The first use of a class.
  ///
  /// @param thread the name of the thread that used it
  record Use(String className, String thread) {}

  /// The option that lets a JVM write the log.
  static String optionToWrite(Path log) {
    return OPTION + log;
  }

  static ClassLog read(Path log) throws IOException {
    List<Use> used = new ArrayList<>();
    long outside = 0;
    long made = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher initialised = INITIALISED.matcher(line);
      Matcher loaded = LOADED.matcher(line);
      if (initialised.find() && !initialised.group(1).contains(ADDRESS)) {
        used.add(new Use(initialised.group(1).replace('/', '.'), initialised.group(2)));
      } else if (loaded.find() && !loaded.group(2).startsWith(CACHE)) {
        if (loaded.group(1).contains(ADDRESS)) {
          made++;
        } else {
          outside++;
        }
      }
    }
    return new ClassLog(List.copyOf(used), outside, made);
  }
}
