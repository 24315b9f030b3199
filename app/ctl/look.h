#pragma once

#include "ctl/fleets.h"
#include "insight/insight.h"

#include <QJsonArray>

namespace tidemark::ctl {

// Everything known of the fleet: read now, or with --offline as it was kept.
struct Look {
    Fleet fleet;
    QString path; // of the fleet file
    QString cluster; // asked for, empty: all
    CatalogueFacts facts;
    std::vector<SourceReading> readings;
    FleetState state;
    Insight insight;
    Instant now;
    std::vector<Remark> remarks; // on the store
    std::shared_ptr<Catalogue> catalogue; // that it was read from

    [[nodiscard]] bool concerns(const Source &source) const; // the cluster that was asked for
    [[nodiscard]] bool concerns(const QString &name) const { return cluster.isEmpty() || name == cluster; }
    [[nodiscard]] QString sourceName(qint32 index) const;
};
[[nodiscard]] QCoro::Task<Result<Look>> look(Call call, Tools tools, std::stop_token stop);

// What a command shows: a table, the same as a list in JSON, and remarks.
struct Shown {
    QString summary;
    QStringList heads;
    QList<QStringList> rows;
    QString key; // of the list
    QJsonArray list;
    std::vector<Remark> remarks;
};
[[nodiscard]] Answer answerOf(const Look &look, Shown shown);

// How bad a cluster's standing is.
[[nodiscard]] Level levelOf(ClusterStanding standing);
// What it counts for: nothing once it is accepted, but a warning where more is lost by the minute.
[[nodiscard]] Level alarmOf(const Finding &finding);
[[nodiscard]] QString standingWord(ClusterStanding standing); // "lapsed", stable
[[nodiscard]] QString confidenceWord(Confidence confidence);
[[nodiscard]] QString artifactKindWord(ArtifactKind kind);
// How far a snapshot agrees with the database in it; "-" and null of what is none.
[[nodiscard]] QString consistencyWords(const ArtifactFact &artifact);
[[nodiscard]] QJsonValue consistencyJson(const ArtifactFact &artifact);
[[nodiscard]] QString secondsWords(const std::optional<std::chrono::seconds> &span);
[[nodiscard]] QJsonValue acceptedJson(const std::optional<Acceptance> &accepted); // by whom and why, or null
[[nodiscard]] QJsonValue orNull(const std::optional<std::chrono::seconds> &span);
[[nodiscard]] QJsonValue orNull(const std::optional<Lsn> &lsn);

} // namespace tidemark::ctl
