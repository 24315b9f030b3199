#pragma once

#include "insight/expected.h"

namespace tidemark {

// A job that a source runs by itself (a backup server's verification, pruning, garbage collection, sync), as
// if the fleet file scheduled it. The server does not say in which zone it reads its schedule: it is the
// first of `zones` in which the schedule leads to the run the server says is next, else the offset in which
// it does.
[[nodiscard]] Schedule scheduleOf(const Job &job, const QStringList &zones);

// What ran of it, oldest first: the source's runs that name it or work on what it works on, and the last one
// the job itself tells of.
[[nodiscard]] std::vector<SeenRun> seenRuns(const Job &job, const SourceFacts &source);

// When it is due between two times and what became of that. Only today's schedule is known: where it says
// that something should have run before anything is remembered, nothing is claimed. What a job without a
// schedule did is due when it ran.
[[nodiscard]] std::vector<ExpectedRun> expectedRuns(const Job &job, const QStringList &zones,
    const std::vector<SeenRun> &seen, Instant from, Instant to, Instant now);

} // namespace tidemark
