#pragma once

#include "insight/risk.h"

#include <QString>

namespace tidemark {

enum class ObjectiveKind { Rpo, Rto, ProofAge, Retention };

enum class ObjectiveState {
    Unmeasured, // nothing to measure it by yet
    Met,
    Unproven, // met when it was last looked at, but that look is older than the objective
    Growing, // a promise younger than its term: everything since the first backup is there
    Broken
};

// One promise against what is. Measures are in seconds (Retention by count: pieces).
struct ObjectiveStanding {
    ObjectiveKind kind = ObjectiveKind::Rpo;
    ObjectiveState state = ObjectiveState::Unmeasured;
    QString promise; // name of a retention promise
    QString keep; // which of its counts: "keep-daily"; empty: its duration
    std::optional<qint64> measured;
    qint64 limit = 0;
    std::optional<Instant> at; // when it was measured or proven

    bool operator==(const ObjectiveStanding &) const = default;
};

// A restore that was run and timed. Only a session makes one.
struct MeasuredRestore {
    Instant finished;
    std::chrono::seconds took {};
    QString artifact;
    bool passed = false;

    bool operator==(const MeasuredRestore &) const = default;
};

// Every objective the fleet file gives the cluster; those it does not give are absent.
[[nodiscard]] std::vector<ObjectiveStanding> objectiveStandings(const Cluster &cluster, const Fleet &fleet,
    const ClusterFacts &facts, const std::vector<SourceFacts> &sources, const Recoverability &recoverability,
    const Risk &risk, const std::vector<MeasuredRestore> &restores, Instant now);

// RPO and proof age again, after time has passed.
[[nodiscard]] std::vector<ObjectiveStanding> aged(
    std::vector<ObjectiveStanding> standings, const Risk &risk, Instant now);

// What the fleet says for a cluster: its own objectives, and where it has none those of the sources that
// back it up (the tightest).
[[nodiscard]] Objectives objectivesOf(const Cluster &cluster, const Fleet &fleet);

} // namespace tidemark
