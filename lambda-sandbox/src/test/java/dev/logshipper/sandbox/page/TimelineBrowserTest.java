package dev.logshipper.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logshipper.sandbox.destination.HttpDestination;
import dev.logshipper.sandbox.environment.BashExtension;
import dev.logshipper.sandbox.environment.Sandbox;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The timeline page in a real browser. Not part of an ordinary build: `scripts/test --browser`
/// runs it. Pictures of the page are kept in `target/timeline`.
@Tag("browser")
class TimelineBrowserTest {
  private static final Path PICTURES = Path.of("target", "timeline");
  private static final String FOCUSED = "document.activeElement.getAttribute('aria-label')";

  @TempDir Path folder;
  private Chromium browser;

  @BeforeEach
  void startBrowser() throws Exception {
    assumeTrue(
        Chromium.program().isPresent(),
        "no browser: expected chromium on the PATH, or its program in CHROMIUM_BIN");
    browser = Chromium.start(Chromium.program().orElseThrow(), folder.resolve("profile"));
  }

  @AfterEach
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyBarIsDrawnInsideItsLane() throws Exception {
    browser.open(page(), 1280, 900, false);

    assertThat(browser.evaluate("document.querySelectorAll('.lane').length")).isEqualTo("4");
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('.lane .bar')].every(bar => {"
                    + " const box = bar.getBoundingClientRect(),"
                    + " lane = bar.closest('.lane').getBoundingClientRect();"
                    + " return box.width >= 3 && box.top >= lane.top && box.bottom <= lane.bottom; })"))
        .isEqualTo("true");
    assertThat(browser.evaluate("document.title")).isEqualTo("a <b>run</b> – timeline");
    assertThat(browser.evaluate("document.querySelectorAll('b b, h1 b').length")).isEqualTo("0");
  }

  @Test
  void barsAreReachedAndDescribedByKeyboard() throws Exception {
    browser.open(page(), 1280, 900, false);
    browser.evaluate("document.querySelector('.bar[tabindex=\"0\"]').focus()");
    assertThat(browser.evaluate(FOCUSED)).startsWith("init, at ");

    browser.press("ArrowDown");
    assertThat(browser.evaluate(FOCUSED)).startsWith("invocation 1, at ");
    assertThat(browser.evaluate("document.getElementById('details').textContent"))
        .contains("invocation 1 – Function", "SUCCESS", "lines");

    browser.press("End");
    assertThat(browser.evaluate(FOCUSED)).contains("invocation 3");
    assertThat(browser.evaluate("document.querySelectorAll('.lane .bar[tabindex=\"0\"]').length"))
        .isEqualTo("1");
  }

  @Test
  void zoomWidensTheLanesAndFitsAgain() throws Exception {
    browser.open(page(), 1280, 900, false);
    String width = "document.getElementById('lanes').clientWidth";
    int fitted = Integer.parseInt(browser.evaluate(width));

    browser.press("+");
    browser.press("+");
    assertThat(Integer.parseInt(browser.evaluate(width))).isBetween(4 * fitted - 8, 4 * fitted + 8);
    picture("zoomed");

    browser.press("0");
    assertThat(Integer.parseInt(browser.evaluate(width))).isEqualTo(fitted);
  }

  @Test
  void tableHasEveryBar() throws Exception {
    browser.open(page(), 1280, 900, false);
    browser.evaluate("document.querySelector('summary').click()");
    // The event of the click comes later.
    browser.evaluate("document.getElementById('all').dispatchEvent(new Event('toggle'))");

    assertThat(browser.evaluate("document.querySelectorAll('#events tbody tr').length"))
        .isEqualTo(browser.evaluate("document.querySelectorAll('.lane .bar').length"));
    assertThat(browser.evaluate("document.querySelector('#costs').textContent")).contains("quiet");
  }

  @Test
  void linesOfTheFunctionAreShownAndSearched() throws Exception {
    browser.open(page(), 1280, 900, false);
    String rows = "document.querySelectorAll('#lines tbody tr').length";
    String width = "document.getElementById('lanes').clientWidth";
    assertThat(browser.evaluate(rows)).isEqualTo("3");
    assertThat(browser.evaluate("document.querySelectorAll('#lines .lost').length")).isEqualTo("1");
    String fitted = browser.evaluate(width);

    browser.evaluate("document.getElementById('filter').focus()");
    browser.press("+");
    browser.evaluate("document.getElementById('filter').value = 'NUMBER 2'");
    browser.evaluate("document.getElementById('filter').dispatchEvent(new Event('input'))");

    assertThat(browser.evaluate(width)).isEqualTo(fitted);
    assertThat(browser.evaluate(rows)).isEqualTo("1");
    assertThat(browser.evaluate("document.getElementById('matches').textContent"))
        .isEqualTo("1 of 3 lines");
    browser.evaluate("document.querySelector('[aria-label^=\"invocation 2\"]').focus()");
    assertThat(browser.evaluate("document.getElementById('details').textContent"))
        .contains("number 2")
        .doesNotContain("number 1");
  }

  @Test
  void pageFollowsTheColourSchemeAndTheWidth() throws Exception {
    Path page = page();
    String background = "getComputedStyle(document.body).backgroundColor";

    browser.open(page, 1280, 900, false);
    assertThat(browser.evaluate(background)).isEqualTo("rgb(255, 255, 255)");
    picture("light");
    browser.open(page, 1280, 900, true);
    assertThat(browser.evaluate(background)).isEqualTo("rgb(13, 17, 23)");
    picture("dark");
    browser.open(page, 400, 900, false);
    assertThat(browser.evaluate("document.documentElement.scrollWidth <= 400")).isEqualTo("true");
    picture("narrow");
  }

  private void picture(String name) throws Exception {
    byte[] png = browser.screenshot();
    Path _ = Files.createDirectories(PICTURES);
    Path _ = Files.write(PICTURES.resolve(name + ".png"), png);
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isGreaterThan(100);
  }

  private Path page() throws Exception {
    Path extensions = Files.createDirectory(folder.resolve("extensions"));
    Path _ = new BashExtension(extensions).writeQuiet("quiet");
    Path page = folder.resolve("page.html");
    List<FunctionLine> lines = new CopyOnWriteArrayList<>();
    try (HttpDestination destination = HttpDestination.start();
        Sandbox sandbox =
            Sandbox.builder()
                .extensions(extensions)
                .function(invocation -> {
                  invocation.take(20);
                  invocation.log("number " + (lines.size() + 1));
                })
                .onFunctionLine(line -> lines.add(new FunctionLine(System.nanoTime(), line)))
                .start()) {
      long fault = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        sandbox.invoke("{}");
      }
      FaultSpan span = new FaultSpan("status 503", fault, System.nanoTime());
      sandbox.shutdown("spindown");
      new TimelinePage("a <b>run</b>", sandbox.timeline())
          .destination("http", destination)
          .faults(List.of(span))
          .functionLines(lines, List.of("number 3"))
          .write(page);
    }
    return page;
  }
}
