package dev.logshipper.sink.testkit.contract;

import dev.logshipper.config.Parsers;
import dev.logshipper.config.Setting;
import dev.logshipper.config.Settings;
import dev.logshipper.sink.Sink;
import dev.logshipper.sink.SinkContext;
import dev.logshipper.sink.SinkDefaults;
import dev.logshipper.sink.Spi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Providers that each break a rule, and the tests that must fail for them.
final class BrokenProviders {
  private BrokenProviders() {}

  static List<BrokenRule> all() {
    return List.of(
        provider(
            "a mode in capitals",
            new LineProvider() {
              @Override
              public String mode() {
                return "Lines";
              }

              @Override
              public Sink open(SinkContext context) {
                return BrokenResults.named(super.open(context), "Lines " + super.open(context));
              }
            },
            "providerModeIsALowerCaseWord"),
        provider(
            "another version of the SPI",
            new LineProvider() {
              @Override
              public int spiVersion() {
                return Spi.VERSION + 1;
              }
            },
            "providerHasTheCurrentSpiVersion"),
        settings(
            "a name used twice",
            List.of(
                LineProvider.ADDRESS,
                LineProvider.TOKEN,
                LineProvider.ANONYMOUS,
                optional("PUSHER_LINES_OTHER", "Something else")
                    .alias("PUSHER_LINES_TOKEN")
                    .secret()),
            "providerDeclaresEachVariableOnce"),
        settings(
            "a setting without a summary",
            List.of(
                LineProvider.ADDRESS,
                LineProvider.TOKEN,
                LineProvider.ANONYMOUS,
                optional("PUSHER_LINES_OTHER", " ")),
            "providerDescribesEachSetting"),
        provider(
            "other settings each time",
            new LineProvider() {
              @Override
              public List<Setting<?>> settings() {
                return List.of(
                    ADDRESS, TOKEN, ANONYMOUS, optional("PUSHER_LINES_OTHER", "Something else"));
              }
            },
            "providerReturnsTheSameSettingsEachTime"),
        settings(
            "more settings than the fixture sets",
            List.of(
                LineProvider.ADDRESS,
                LineProvider.TOKEN,
                LineProvider.ANONYMOUS,
                Setting.required("PUSHER_LINES_OTHER", Parsers.text(), "Something else")),
            "providerAcceptsTheEnvironmentOfItsFixture"),
        settings(
            "a secret not marked",
            List.of(
                LineProvider.ADDRESS,
                LineProvider.TOKEN,
                LineProvider.ANONYMOUS,
                optional("PUSHER_LINES_ADDRESS_AND_TOKEN", "Both")),
            "providerMarksSecrets"),
        provider(
            "defaults that need a variable",
            new LineProvider() {
              @Override
              public SinkDefaults defaults(Settings settings) {
                return SinkDefaults.builder().batchBytes(settings.get(ADDRESS).length()).build();
              }
            },
            "providerReturnsDefaultsForAnyEnvironment"),
        provider(
            "contradictions accepted",
            new LineProvider() {
              @Override
              public Sink open(SinkContext context) {
                return newSink(context.settings().get(ADDRESS));
              }
            },
            "providerRejectsContradictionsWithAMessage"),
        provider(
            "contradictions reported with their secrets",
            new LineProvider() {
              @Override
              public Sink open(SinkContext context) {
                try {
                  return super.open(context);
                } catch (IllegalArgumentException e) {
                  throw new IllegalArgumentException(
                      "not with " + context.settings().get(TOKEN), e);
                }
              }
            },
            "providerRejectsContradictionsWithAMessage"),
        provider(
            "a connection made when opened",
            new LineProvider() {
              @Override
              public Sink open(SinkContext context) {
                connect(context.settings().get(ADDRESS));
                return super.open(context);
              }
            },
            "s01OpeningMakesNoConnectionAndStartsNoThread",
            "s13ClosesWithoutASend"),
        provider(
            "a thread started when opened",
            new LineProvider() {
              @Override
              public Sink open(SinkContext context) {
                CountDownLatch sent = new CountDownLatch(1);
                BrokenSinks.startThreadUntil(sent);
                return BrokenSinks.beforeSendAndClose(super.open(context), sent::countDown);
              }
            },
            "s01OpeningMakesNoConnectionAndStartsNoThread"));
  }

  private static BrokenRule provider(String name, LineProvider provider, String... tests) {
    return BrokenRule.of(name, () -> new LineFixture(provider), tests);
  }

  private static BrokenRule settings(String name, List<Setting<?>> settings, String... tests) {
    return provider(
        name,
        new LineProvider() {
          @Override
          public List<Setting<?>> settings() {
            return settings;
          }
        },
        tests);
  }

  private static Setting<String> optional(String name, String summary) {
    return Setting.optional(name, Parsers.text(), summary);
  }

  private static void connect(String address) {
    int colon = address.indexOf(':');
    try {
      InetAddress host = InetAddress.ofLiteral(address.substring(0, colon));
      new Socket(host, Integer.parseInt(address.substring(colon + 1))).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
