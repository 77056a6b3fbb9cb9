/// Verification of servers by TLS clients. The JDK decides; this package avoids parsing every
/// certificate authority before the first delivery.
@NullMarked
package dev.logshipper.tls;

import org.jspecify.annotations.NullMarked;
