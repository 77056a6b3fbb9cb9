package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sandbox.environment.BashExtension;
import dev.logshipper.sandbox.environment.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A search that finds nothing proves something only if it would find a planted word.
class TracesTest {
  private static final String REGISTER = "register '\"INVOKE\",\"SHUTDOWN\"'\n";

  @TempDir Path folder;
  private final Canaries canaries = new Canaries();

  @Test
  void everyKindOfOutputIsSearched() throws Exception {
    Path leaked = Path.of("/tmp/leaked-by-");
    Path extensions =
        new BashExtension(folder)
            .write(
                "careless",
                REGISTER
                    + """
                    echo "it prints %1$s"
                    echo "%1$s" >"$TMPDIR/file"
                    : >"%2$s$$"
                    echo %1$s >/proc/$$/comm
                    bash -c 'sleep 60; :' %1$s &
                    loop
                    """
                        .formatted(canaries.plant("a word"), leaked));
    try (Sandbox sandbox = Sandbox.builder().extensions(extensions).start()) {
      Traces traces = new Traces(sandbox).look();

      assertThat(traces.of(canaries))
          .containsOnlyKeys("command lines", "files", "output", "threads", "timeline");
      assertThat(traces.files())
          .hasSize(2)
          .filteredOn(file -> file.toString().startsWith(leaked.toString()))
          .singleElement()
          .satisfies(Files::delete);
    }
  }

  @Test
  void silentExtensionHasNoTraces() throws Exception {
    String _ = canaries.plant("a word");
    Path extensions = new BashExtension(folder).writeQuiet("discreet");
    try (Sandbox sandbox = Sandbox.builder().extensions(extensions).start()) {
      Traces traces = new Traces(sandbox).look();

      assertThat(traces.of(canaries)).isEmpty();
      assertThat(traces.files()).isEmpty();
    }
  }
}
