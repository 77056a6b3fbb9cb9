// Whether the launcher subscribes and requests the first event itself, so that init does not wait for Java.
#ifndef EARLY_START_H
#define EARLY_START_H

#include "text.h"

bool is_managed_instances(void);

// False where the user declined, or only Java can do it. If the user asked for it, a line gives the reason.
bool can_start_early(void);

// The request to deliver logs to a port.
void add_subscription(struct text *body, unsigned port);

#endif
