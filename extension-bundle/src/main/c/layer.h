// The layer's files, and the arguments for Java that depend on them.
#ifndef LAYER_H
#define LAYER_H

#include "text.h"

// Finds the folder log-shipper/ of the layer: next to the launcher's folder, or, if there is none, next to that of the
// file to which a link points. Returns its path, which is in use from then on.
const char *find_layer(const char *launcher);

// The arguments for the JVM that are the same at each start.
struct jvm {
  const char *options[5];  // the options' file, the heap, the AOT cache, the bundled sinks; up to a null
  const char *class_path;
};

// False if a path is too long.
bool describe_jvm(struct jvm *jvm);

// Appends a path of the layer.
void add_path(struct text *text, const char *file);

#endif
