/// Which servers are trusted, for the clients that speak TLS. The JDK decides; what is here spares
/// it to read every authority in the world before the first delivery.
@NullMarked
package dev.logshipper.tls;

import org.jspecify.annotations.NullMarked;
