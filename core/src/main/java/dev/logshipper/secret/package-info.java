/// Secrets by reference: settings whose values are kept in Secrets Manager or in SSM's parameter
/// store. Nothing here is loaded unless a variable holds such a reference.
@NullMarked
package dev.logshipper.secret;

import org.jspecify.annotations.NullMarked;
