// make_store FOLDER: a fleet of 200 clusters in FOLDER/fleet.yaml, and below FOLDER/data the store of a
// console that followed it: a million artifacts, 50 000 spans of WAL and what was concluded. The same at
// every run; start-up is measured with it (docs/performance.md).
#include "insight/insight.h"
#include "store/store.h"
#include "widecatalogue.h"

#include <QDir>
#include <QFile>

#include <cstdio>

using namespace tidemark;
using namespace tidemark::bench;

namespace {

bool writeFleet(const QString &path, const Fleet &fleet)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write("name: bench\nclusters:\n");
    for (const Cluster &cluster : fleet.clusters)
        file.write("  - {name: " + cluster.name.toUtf8() + ", environment: test}\n");
    file.write("sources:\n  - {name: repo, kind: basebackups, path: /nowhere/at/all}\n");
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder = QCoreApplication::arguments().value(1);
    const Fleet fleet = fleetOf();
    if (folder.isEmpty() || !QDir().mkpath(folder) || !writeFleet(folder + u"/fleet.yaml"_s, fleet)) {
        std::fputs("make_store FOLDER\n", stderr);
        return 2;
    }
    const auto catalogue = answerOf(makeSqliteStore(folder + u"/data/tidemark"_s, {})).catalogue;
    const Scan scan = scanOf(1'000'000);
    static_cast<void>(answerOf(catalogue->apply(fleet.name, scan, {})));
    const CatalogueFacts facts = answerOf(catalogue->facts(fleet, {}));
    const QByteArray concluded = toBytes(insightOf(facts, fleet, {}, scan.at));
    const auto kept = catalogue->keepInsight(fleet.name, { facts.version, concluded }, {});
    static_cast<void>(answerOf(catalogue->version(fleet.name, {}))); // behind it
    std::printf("%zu clusters, %lld bytes of conclusions\n", facts.clusters.size(),
        static_cast<long long>(concluded.size()));
    return 0;
}
