/// Tests of the contract itself: with a correct sink, and with sinks that each break one rule.
@NullMarked
package dev.logshipper.sink.testkit.contract;

import org.jspecify.annotations.NullMarked;
