#pragma once

#include "fleet/answers.h"
#include "insight/acceptance.h"
#include "values/bytes.h"
#include "values/error.h"
#include "values/instant.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace tidemark {

enum class Severity { Failed, Attention };

// Something wrong or missing, with its evidence, its consequence, and one action. Kinds are rows of the table
// in insight/findingkinds.cpp: a stable code ("wal.gap"), its severity, its action; words are made from it by
// insight/findingwords.
struct Finding {
    QString code;
    Severity severity = Severity::Attention;
    QString cluster; // fleet's name, empty: not one cluster's
    QString source;
    QString subject; // artifact, segment, job, datastore, schedule: what it is about
    QString part; // of the source: repository, server, datastore, folder
    std::optional<TimelineId> timeline;
    QStringList items; // when it is about several, at most 20 of them
    qint64 count = 0; // how many there are really
    std::optional<Instant> since;
    std::optional<Instant> until; // predicted
    std::optional<std::chrono::seconds> atRisk; // time whose work is lost if it is needed now
    std::optional<Bytes> bytesAtRisk;
    std::optional<double> measured; // against `limit`; unit as the code says
    std::optional<double> limit;
    QString said; // the other side's own words
    std::optional<Error> error;
    std::vector<MissingRight> missing;
    std::optional<Acceptance> accepted; // a person lets it be: shown, last of all, and no alarm

    bool operator==(const Finding &) const = default;
    [[nodiscard]] QString key() const; // the same fault has the same key from scan to scan
    // The same fault, begun at the same time: what a person accepts. Of a missed run it is the run's.
    [[nodiscard]] QString occurrence() const;
};

// More is lost with every minute that it lasts.
[[nodiscard]] bool losesMore(const Finding &finding);

// Who accepted it. What does not tell since when it stands is asked about again after `AcceptedFor`; what
// loses more by the minute after `AcceptedOpen`, for nobody accepts what is not lost yet. A gap that ended in
// that time stays accepted as the hole it leaves.
inline constexpr std::chrono::days AcceptedFor { 30 };
inline constexpr std::chrono::hours AcceptedOpen { 24 };
[[nodiscard]] std::optional<Acceptance> acceptanceFor(
    const Finding &finding, const std::vector<Acceptance> &accepted, Instant now);

} // namespace tidemark
