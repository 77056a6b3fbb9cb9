/// A stand-in for Grafana Loki 3: accepts pushes, rejects those that Loki rejects, with Loki's
/// texts, and keeps the entries that Loki would keep. The same rules, as tests, hold it and a real
/// Loki.
@NullMarked
package dev.logshipper.sandbox.destination.loki;

import org.jspecify.annotations.NullMarked;
