#pragma once

#include "backup/scan.h"
#include "backup/servercopy.h"
#include "fleet/fleet.h"
#include "insight/facts.h"

#include <qcorotask.h>

#include <stop_token>

namespace tidemark {

// How the catalogue differs after a scan was merged. All zero: nothing was written.
struct Changes {
    int added = 0;
    int changed = 0;
    int gone = 0;
    int runs = 0;
    bool archives = false;
    bool rest = false; // jobs, usage, troubles

    bool operator==(const Changes &) const = default;
    [[nodiscard]] bool any() const { return *this != Changes {}; }
};

// A page of artifacts as a table shows them, newest first.
struct ArtifactQuery {
    QString cluster; // empty: all
    QString source; // empty: all
    std::optional<Instant> from;
    std::optional<Instant> to;
    int offset = 0;
    int limit = 200;
};

// When a source was last read, and how that went.
struct SourceReading {
    QString source;
    std::optional<Instant> readAt; // last success
    std::optional<Instant> triedAt;
    std::optional<Error> error; // of the last try; nothing: it went well

    bool operator==(const SourceReading &) const = default;
};

// Whose WAL was read.
struct MomentPlace {
    QString cluster;
    SystemId systemId; // 0: not known
};

// What reading a run of segments told, in the reader's own bytes.
struct KeptMoment {
    TimelineId timeline;
    SegmentNumber first;
    SegmentNumber last; // included
    Instant newest; // commit time
    QByteArray bytes;

    bool operator==(const KeptMoment &) const = default;
};

// What all sources together told, kept so that the console opens with it while none of them answers.
// Artifacts are keyed by fleet, source and id; what one cluster's tools tell is joined by system_identifier.
// Errors are "store.…".
class Catalogue
{
public:
    virtual ~Catalogue() = default;
    [[nodiscard]] virtual QCoro::Task<Result<Known>> known(
        QString fleet, QString source, std::stop_token stop)
        = 0;
    // In one transaction. A scan that tells nothing new writes nothing but the time of reading, and that at
    // most every five minutes.
    [[nodiscard]] virtual QCoro::Task<Result<Changes>> apply(QString fleet, Scan scan, std::stop_token stop)
        = 0;
    // A source that could not be read keeps everything; only the reading is told.
    [[nodiscard]] virtual QCoro::Task<Result<>> failed(
        QString fleet, QString source, Instant at, Error error, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<SourceReading>>> readings(
        QString fleet, std::stop_token stop)
        = 0;
    // Everything insight needs: the sources of the fleet in its order, and its clusters in theirs. An
    // artifact belongs to the cluster that has its system identifier, else to the one its tool names, else to
    // the one cluster its source is for. It is `foreign` there when it carries an identifier that is not that
    // cluster's.
    [[nodiscard]] virtual QCoro::Task<Result<CatalogueFacts>> facts(Fleet fleet, std::stop_token stop) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<Artifact>>> artifacts(
        Fleet fleet, ArtifactQuery query, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<std::optional<Artifact>>> artifact(
        QString fleet, QString source, QString id, std::stop_token stop)
        = 0;
    // What a server told of itself on a day: settings, files, relations. One is kept for each day.
    [[nodiscard]] virtual QCoro::Task<Result<>> keep(
        QString fleet, QString cluster, ServerCopy copy, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<std::optional<ServerCopy>>> serverCopy(
        QString fleet, QString cluster, std::optional<Instant> before, std::stop_token stop)
        = 0;
    // When each cluster's newest copy was made.
    [[nodiscard]] virtual QCoro::Task<Result<QMap<QString, Instant>>> copiedAt(
        QString fleet, std::stop_token stop)
        = 0;
    // What a person lets be, over whatever the same key had; facts() tells all of them. Each writing raises
    // the version. An empty key, or one that holds a NUL, is "store.name".
    [[nodiscard]] virtual QCoro::Task<Result<>> accept(
        QString fleet, Acceptance acceptance, std::stop_token stop)
        = 0;
    // No longer accepted; that it was not is no error.
    [[nodiscard]] virtual QCoro::Task<Result<>> withdraw(QString fleet, QString key, std::stop_token stop)
        = 0;
    // What overlaps them is replaced, and what is older than `since` goes.
    [[nodiscard]] virtual QCoro::Task<Result<>> keepMoments(QString fleet, MomentPlace place,
        std::vector<KeptMoment> moments, Instant since, std::stop_token stop)
        = 0;
    // In the order of timeline and segment.
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<KeptMoment>>> moments(
        QString fleet, MomentPlace place, std::stop_token stop)
        = 0;
    // What insight made of the facts, so that the first page is painted before they are read again. Opaque;
    // `version` is the catalogue's own counter, raised by each apply() that wrote.
    struct Kept {
        qint64 version = 0;
        QByteArray bytes;
    };
    [[nodiscard]] virtual QCoro::Task<Result<qint64>> version(QString fleet, std::stop_token stop) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<std::optional<Kept>>> keptInsight(
        QString fleet, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<>> keepInsight(QString fleet, Kept kept, std::stop_token stop)
        = 0;
};

} // namespace tidemark
