#include "insight/rules/artifacts.h"
#include "insight/rules/rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

constexpr std::size_t Few = 4; // sizes below which no band is known
constexpr double Shrunk = 0.5; // of the smallest of the last ten
constexpr double Grown = 2; // of the largest
constexpr std::chrono::hours OneNight { 12 };

// The databases a cluster is known to have: the fleet file's, else the server's.
QStringList databasesOf(const ClusterView &view)
{
    if (!view.cluster->databases.isEmpty() || !view.living)
        return view.cluster->databases;
    QStringList names;
    for (const DatabaseFacts &database : view.living->databases)
        names.append(database.name);
    return names;
}

bool onServer(const ClusterView &view, const QString &database)
{
    if (!view.living)
        return false;
    const auto &all = view.living->databases;
    return std::any_of(
        all.begin(), all.end(), [&](const DatabaseFacts &one) { return one.name == database; });
}

void size(const Scene &scene, const ClusterView &view, const Series &series, Found &found)
{
    const std::vector<qint64> earlier = series.earlierSizes();
    if (earlier.size() < Few || !series.newestComplete->stored)
        return;
    const auto [least, most] = std::minmax_element(earlier.begin(), earlier.end());
    const double size = double(series.newestComplete->stored->count);
    const bool small = size < double(*least) * Shrunk;
    if (!small && size <= double(*most) * Grown)
        return;
    Finding &finding = addAbout(scene, view, *series.newestComplete, "dump.size", found);
    finding.measured = size;
    finding.limit = double(small ? *least : *most);
    finding.count = qint64(earlier.size());
}

void wrongDatabase(const Scene &scene, const ClusterView &view, const Series &series, Found &found)
{
    const QStringList known = databasesOf(view);
    if (series.database.isEmpty() || known.isEmpty() || known.contains(series.database)
        || onServer(view, series.database))
        return;
    // One that was dropped leaves old dumps; only what is still being made is wrong.
    const SourceFacts *source = scene.source(series.source);
    const bool recent = source && source->readAt && series.newestComplete->stop
        && *source->readAt - *series.newestComplete->stop < std::chrono::hours(48);
    if (recent)
        addAbout(scene, view, *series.newestComplete, "dump.wrong-database", found).items = known;
}

void newestDump(const Scene &scene, const ClusterView &view, const Series &series, Found &found)
{
    if (!series.newestComplete)
        return;
    const ArtifactFact &newest = *series.newestComplete;
    if (newest.objects == 0)
        addAbout(scene, view, newest, "dump.empty", found);
    else
        size(scene, view, series, found);
    wrongDatabase(scene, view, series, found);
}

const ArtifactFact *newestOf(const ClusterView &view, qint32 source)
{
    const ArtifactFact *newest = nullptr;
    for (const Series &series : view.series)
        if (series.kind == ArtifactKind::Dump && series.source == source && series.newestComplete
            && (!newest || series.newestComplete->stop > newest->stop))
            newest = series.newestComplete;
    return newest;
}

// Of the newest night: what is older speaks of faults that are over. A dump of all databases brings its own.
void globals(const Scene &scene, const ClusterView &view, Found &found)
{
    std::vector<qint32> told;
    for (const Series &series : view.series) {
        const ArtifactFact *dump = series.newestComplete;
        if (series.kind != ArtifactKind::Dump || !dump || dump->withGlobals || series.database.isEmpty()
            || *newestOf(view, series.source)->stop - *dump->stop > OneNight
            || std::find(told.begin(), told.end(), series.source) != told.end())
            continue;
        told.push_back(series.source);
        addAbout(scene, view, *dump, "dump.no-globals", found);
    }
}

// Databases the fleet file names that a source of dumps, which has others, has never held.
void missingDatabases(const Scene &scene, const ClusterView &view, Found &found)
{
    for (const Source *source : view.sources) {
        if (source->kind != SourceKind::Dumps)
            continue;
        QStringList held;
        for (const Series &series : view.series)
            if (series.kind == ArtifactKind::Dump && scene.sourceName(series.source) == source->name
                && series.complete > 0)
                held.append(series.database);
        if (held.isEmpty() || held.contains(QString())) // a dump of all
            continue;
        for (const QString &database : view.cluster->databases)
            if (!held.contains(database))
                found.add("dump.database-missing", view.cluster->name, source->name).subject = database;
    }
}

} // namespace

void dumps(const Scene &scene, Found &found)
{
    for (const ClusterView &view : scene.clusters()) {
        for (const Series &series : view.series) {
            if (series.kind != ArtifactKind::Dump && series.kind != ArtifactKind::Globals)
                continue;
            addFaulty(scene, view, series, series.damaged, "dump.damaged", found);
            addFaulty(scene, view, series, series.refuted, "dump.refuted", found);
            addIfNewest(scene, view, series, series.failed, "dump.failed", found);
            addIfNewest(scene, view, series, series.unfinished, "dump.unfinished", found);
            if (series.kind == ArtifactKind::Dump)
                newestDump(scene, view, series, found);
        }
        globals(scene, view, found);
        missingDatabases(scene, view, found);
    }
}

} // namespace tidemark::rules
