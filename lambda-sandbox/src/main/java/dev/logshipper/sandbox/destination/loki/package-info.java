/// A stand-in for Grafana Loki 3: takes pushes, refuses what Loki refuses in its words, and keeps
/// what Loki would keep. It has a decoder of its own for snappy and protobuf, so that a sender's
/// library is not checked against itself.
@NullMarked
package dev.logshipper.sandbox.destination.loki;

import org.jspecify.annotations.NullMarked;
