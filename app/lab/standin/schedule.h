#pragma once

#include "standin/site.h"

namespace tidemark::standin {

// The jobs that are due by their schedule now, by name ("prune/ID", "gc/STORE"): the first event after the
// start of the last run, or after the schedule was set, has come. None that is disabled or runs already.
[[nodiscard]] QStringList dueJobs(const Site &site);

// Starts them, as root@pam, as the server does once a minute. A job whose datastore is closed waits for it.
void startDueJobs(Site &site);

} // namespace tidemark::standin
