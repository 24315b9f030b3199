#pragma once

#include "ports/catalogue.h"
#include "store/artifactrows.h"
#include "store/database.h"

#include <stop_token>

namespace tidemark {

// The statements of Catalogue, for the worker; each blocks until the database has answered. A stop request is
// heard between portions and leaves everything as it was.
[[nodiscard]] Result<Known> readKnown(Database &database, const QString &fleet, const QString &source);
[[nodiscard]] Result<Changes> applyScan(
    Database &database, const QString &fleet, const Scan &scan, const std::stop_token &stop);
[[nodiscard]] Result<> noteFailure(Database &database, const QString &fleet, const SourceReading &reading);
[[nodiscard]] Result<std::vector<SourceReading>> readReadings(Database &database, const QString &fleet);
[[nodiscard]] Result<CatalogueFacts> readCatalogue(
    Database &database, const Fleet &fleet, const std::stop_token &stop);
[[nodiscard]] Result<std::vector<Artifact>> readArtifacts(
    Database &database, const Fleet &fleet, const ArtifactQuery &query);
[[nodiscard]] Result<std::optional<Artifact>> readArtifact(
    Database &database, const QString &fleet, const QString &source, const QString &id);
[[nodiscard]] Result<qint64> readVersion(Database &database, const QString &fleet);

// Of a day of a server.
[[nodiscard]] Result<> keepServerCopy(
    Database &database, const QString &fleet, const QString &cluster, const ServerCopy &copy);
[[nodiscard]] Result<std::optional<ServerCopy>> readServerCopy(
    Database &database, const QString &fleet, const QString &cluster, std::optional<Instant> before);
[[nodiscard]] Result<QMap<QString, Instant>> readCopyTimes(Database &database, const QString &fleet);
[[nodiscard]] Result<> keepConclusions(Database &database, const QString &fleet, const Catalogue::Kept &kept);
[[nodiscard]] Result<std::optional<Catalogue::Kept>> readConclusions(
    Database &database, const QString &fleet);

// What persons let be.
[[nodiscard]] Result<> keepAcceptance(Database &database, const QString &fleet, const Acceptance &acceptance);
[[nodiscard]] Result<> dropAcceptance(Database &database, const QString &fleet, const QString &key);
[[nodiscard]] Result<std::vector<Acceptance>> readAcceptances(Database &database, const QString &fleet);

// Parts that reading and writing share.
struct SourceRow {
    int id = 0;
    QString name;
    std::optional<Instant> readAt;
    std::optional<Instant> triedAt;
    QString error; // JSON, empty: none
    QString cursor;
    QString jobs; // JSON, as the next two
    QString usage;
    QString troubles;
};
[[nodiscard]] Result<std::vector<SourceRow>> readSources(Database &database, const QString &fleet);
[[nodiscard]] Result<std::optional<SourceRow>> readSource(
    Database &database, const QString &fleet, const QString &name);
[[nodiscard]] Result<std::optional<Error>> errorIn(const SourceRow &row);
// What artifacts have in common, by id.
struct GroupRow {
    ArtifactGroup group;
    qint64 artifacts = 0;
};
[[nodiscard]] Result<QHash<int, GroupRow>> readGroups(Database &database, int source);
// `checked` is the adapter's own; insight does without.
[[nodiscard]] Result<std::vector<WalArchive>> readArchives(Database &database, const SourceRow &source);
[[nodiscard]] Result<std::vector<Run>> readRuns(Database &database, const SourceRow &source, Instant since);
[[nodiscard]] Result<Run> runFrom(const QVariantList &row, const QString &source);
[[nodiscard]] const QString &runColumns();
// How old a kept time of reading may become while nothing is new.
inline constexpr std::chrono::minutes RereadAfter { 5 };
// One writer at a time; a file's transaction is one already.
[[nodiscard]] Result<> lockCatalogue(Database &database);
[[nodiscard]] Result<SourceRow> addSource(Database &database, const QString &fleet, const QString &name);
[[nodiscard]] Result<> raiseVersion(Database &database, const QString &fleet);
// How many artifacts differ.
struct ArtifactChanges {
    int added = 0;
    int changed = 0;
    int gone = 0;
};
[[nodiscard]] Result<ArtifactChanges> mergeArtifacts(
    Database &database, const SourceRow &source, const Scan &scan, const std::stop_token &stop);
// "?, ?, ?"
[[nodiscard]] QString places(qsizetype count);
[[nodiscard]] tl::unexpected<Error> stoppedHalfway();
[[nodiscard]] Result<> acceptableName(const QString &name, bool mayBeEmpty = false);
// PostgreSQL takes an empty string for what it is, Qt's null string for NULL.
[[nodiscard]] QString nonNull(const QString &text);

// Lists of a source as one JSON column each.
struct SourceLists {
    std::vector<Job> jobs;
    std::vector<StoreUsage> usage;
    std::vector<SourceTrouble> troubles;
};
[[nodiscard]] Result<SourceLists> listsIn(const SourceRow &row);
[[nodiscard]] QString listText(const std::vector<Job> &jobs);
[[nodiscard]] QString listText(const std::vector<StoreUsage> &usage);
[[nodiscard]] QString listText(const std::vector<SourceTrouble> &troubles);

[[nodiscard]] Result<> keepMoments(Database &database, const QString &fleet, const MomentPlace &place,
    const std::vector<KeptMoment> &kept, Instant since);
[[nodiscard]] Result<std::vector<KeptMoment>> readMoments(
    Database &database, const QString &fleet, const MomentPlace &place);

} // namespace tidemark
