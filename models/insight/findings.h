#pragma once

#include "insight/insight.h"

namespace tidemark {

// What a person can do about a finding at once. Pages turn it into a link, tidemarkctl into a hint.
enum class FindingAction {
    ShowServer, // what the server said
    ShowSource, // what the source said
    ShowTimeline, // the cluster's windows and gaps, at the place
    ShowArtifact,
    ShowRuns, // the calendar, on that day
    TakeBaseBackup,
    TakeDump,
    CopyGrants, // statements that mend missing rights
    TestConnection,
    ReviewCertificate,
    EditFleet,
    ReadNow,
    FixArchiving, // settings of the server
    Verify, // run a check over the contents
    RemoveFiles, // by hand, outside: shown with names
    SetRetention,
    FreeSpace,
    DropSlot,
    SetClock
};

// One row of the table of kinds.
struct FindingKind {
    const char *code;
    Severity severity;
    FindingAction action;
    bool silent; // nobody else tells it when it happens
};

// Every kind there is, in the order of what is worse among equals.
[[nodiscard]] const std::vector<FindingKind> &findingKinds();
[[nodiscard]] const FindingKind *findingKind(const QString &code); // nothing: no such code

// What the rules look at.
struct Circumstances {
    const CatalogueFacts &facts;
    const Fleet &fleet;
    const FleetState &state;
    const std::vector<ClusterInsight> &clusters;
    Instant now;
};

// Everything that is wrong or missing, worst first.
[[nodiscard]] std::vector<Finding> findings(const Circumstances &about);

// What servers and backup servers tell of themselves, where no backup was looked at.
[[nodiscard]] std::vector<Finding> findingsOfAnswers(
    const Fleet &fleet, const FleetState &state, Instant now);

// Those that come and go by time alone, for one cluster.
[[nodiscard]] std::vector<Finding> timeFindings(const ClusterInsight &cluster);
[[nodiscard]] bool dependsOnTime(const Finding &finding);

// What is accepted last; failed before attention, then the most time at risk, bytes at risk, the table's
// order, age, name.
void rankFindings(std::vector<Finding> &findings);

} // namespace tidemark
