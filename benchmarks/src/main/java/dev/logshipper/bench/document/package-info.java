/// Parts of Markdown documents and SVG pictures, regardless of their content.
@NullMarked
package dev.logshipper.bench.document;

import org.jspecify.annotations.NullMarked;
