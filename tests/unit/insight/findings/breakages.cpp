#include "breakages.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

void gap(World &w)
{
    w.repository(u"wal repo 1 2-4; wal repo 1 6-9; full b 1 2.1-2.6 verified"_s);
}

ArtifactFact like(World &w, const QString &id, const QString &newId)
{
    ArtifactFact made = w.artifact(id);
    made.id = newId;
    return made;
}

Followed<PbsFacts> backupServer()
{
    Followed<PbsFacts> server;
    server.name = u"pbs01"_s;
    server.reach = Reach::Live;
    server.facts = PbsFacts {};
    server.facts->datastores.push_back({ .name = u"tank"_s });
    return server;
}

Job &jobOf(World &w, const QString &kind)
{
    for (Job &job : w.read(u"pbs01"_s).jobs)
        if (job.kind == kind)
            return job;
    qFatal("no such job");
}

std::vector<Breakage> allBreakages()
{
    std::vector<Breakage> all { { "nothing is wrong", [](World &) {}, "" } };
    for (const auto &family : { restorabilityBreakages, walBreakages, archiverBreakages, baseBackupBreakages,
             dumpBreakages, snapshotBreakages, jobBreakages, storeBreakages, sourceBreakages, serverBreakages,
             retentionBreakages, clockBreakages })
        for (const Breakage &one : family())
            all.push_back(one);
    return all;
}

} // namespace tidemark::test
