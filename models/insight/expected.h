#pragma once

#include "fleet/fleet.h"
#include "insight/facts.h"
#include "schedule/recurrence.h"

namespace tidemark {

// Something that really ran, told by its tool or by the artifact it left.
struct SeenRun {
    Instant start;
    std::optional<Instant> end;
    RunState state = RunState::Ok;
    QString id; // of the run or the artifact
    bool fromArtifact = false;
    std::optional<Bytes> size;
    QString said;
    QString artifact; // what it left, or one of it
    int artifacts = 0; // how many it left

    bool operator==(const SeenRun &) const = default;
};

enum class ExpectedState {
    Planned, // not yet due
    Late, // due, not begun, still within what is allowed
    Running,
    Ok,
    RanLate, // it went well, but began later than is allowed
    Warnings,
    Failed,
    Missed, // nothing ran
    Unknown // before anything is known of the source: absence says nothing
};

[[nodiscard]] ExpectedState stateOf(RunState state); // of what ran in time

// One time at which a schedule of the fleet file says that something happens, and what did.
struct ExpectedRun {
    Instant due;
    ExpectedState state = ExpectedState::Planned;
    std::optional<SeenRun> run; // the one that answers for it: the first that went well, else the last
    std::optional<std::chrono::seconds>
        late; // how much after it was due the run began, where that is too much

    bool operator==(const ExpectedRun &) const = default;
};

// What ran for a schedule, oldest first: runs of its source and kind on its clusters, and artifacts that have
// no run of their own. Artifacts of one start hour belong to one run, as dumps of several databases do. What
// tells one time only (a snapshot, a dump dated by its name) has no known end, but that of its run.
[[nodiscard]] std::vector<SeenRun> seenRuns(const Schedule &schedule, const CatalogueFacts &facts);

// Each occurrence between two times with what became of it. A run belongs to the last occurrence at or before
// it (five minutes early is on time), so that one which comes after the next is due leaves the former missed.
// It is late when it began more than `start_within` after that; without one, when its absence was already
// taken for a miss. An occurrence without a run is missed once the next one is due, or
// after what the schedule allows; but Unknown where the source's memory does not reach: before the oldest run
// seen, and before a hole that is not shorter than the runs older than it, because stores thin out what is
// old. Where nothing was ever seen, only the newest occurrence is missed. Ask only for sources that could be
// read.
[[nodiscard]] std::vector<ExpectedRun> expectedRuns(
    const Schedule &schedule, const std::vector<SeenRun> &seen, Instant from, Instant to, Instant now);

// The median of what ended well, of at most the last 30; nothing when none did.
[[nodiscard]] std::optional<std::chrono::seconds> usualDuration(const std::vector<SeenRun> &seen);

// How a schedule stands now: when it last went well, and whether that is too long ago.
struct Punctuality {
    std::optional<Instant> lastOk;
    std::optional<Instant> lastDue;
    std::optional<Instant> nextDue;
    int missedInARow = 0; // occurrences since the last good run that were missed or failed
    bool overdue = false; // longer than overdue_after without a good run, or one occurrence missed
    std::optional<double> successRate; // percent of the known occurrences of the last 30 periods

    bool operator==(const Punctuality &) const = default;
};
[[nodiscard]] Punctuality punctuality(
    const Schedule &schedule, const std::vector<SeenRun> &seen, Instant now);

} // namespace tidemark
