#include "breakages.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

std::vector<Breakage> dumpBreakages()
{
    return {
        { "dump truncated",
            [](World &w) {
                ArtifactFact &d = w.artifact(u"shop-0.dump"_s);
                d.state = ArtifactState::Damaged;
                d.why = u"cut short"_s;
            },
            "F dump.damaged shop @dumps shop-0.dump (shop) [shop-0.dump] x1 -115~ \"cut short\" risk "
            "30s/0.2" },
        { "dump empty", [](World &w) { w.artifact(u"wiki-0.dump"_s).objects = 0; },
            "F dump.empty shop @dumps wiki-0.dump (wiki) -115~" },
        { "dump of the wrong database", [](World &w) { w.artifact(u"wiki-0.dump"_s).database = u"test"_s; },
            "F dump.wrong-database shop @dumps wiki-0.dump (test) [shop,wiki] -115~" },
        { "dumps of a database that is gone",
            [](World &w) {
                ArtifactFact d = like(w, u"wiki-6.dump"_s, u"old.dump"_s);
                d.database = u"old"_s;
                w.put(d);
            },
            "" },
        { "dump without globals", [](World &w) { w.artifact(u"wiki-0.dump"_s).withGlobals = false; },
            "A dump.no-globals shop @dumps wiki-0.dump (wiki) -115~" },
        { "a database that is dumped no more, without globals then",
            [](World &w) {
                w.artifact(u"wiki-2.dump"_s).withGlobals = false;
                for (const QString &id : { u"wiki-0.dump"_s, u"wiki-1.dump"_s })
                    std::erase_if(w.shop().artifacts, [&](const auto &a) { return a.id == id; });
            },
            "" },
        { "a dump of all brings its own globals",
            [](World &w) {
                w.artifact(u"wiki-0.dump"_s).database.clear();
                w.artifact(u"wiki-0.dump"_s).withGlobals = false;
                w.sort();
            },
            "" },
        { "an older dump without globals", [](World &w) { w.artifact(u"wiki-1.dump"_s).withGlobals = false; },
            "" },
        { "dump shrank", [](World &w) { w.artifact(u"shop-0.dump"_s).stored = Bytes { 100'000 }; },
            "A dump.size shop @dumps shop-0.dump (shop) x6 -115~ is 100000 of 1.001e+06" },
        { "dump grew", [](World &w) { w.artifact(u"shop-0.dump"_s).stored = Bytes { 9'000'000 }; },
            "A dump.size shop @dumps shop-0.dump (shop) x6 -115~ is 9e+06 of 1.006e+06" },
        { "a database without dumps", [](World &w) { w.cluster().databases.append(u"crm"_s); },
            "A dump.database-missing shop @dumps crm" },
        { "a dump whose check failed",
            [](World &w) {
                w.artifact(u"shop-1.dump"_s).assurance = Assurance::Refuted;
                w.artifact(u"shop-1.dump"_s).why = u"crc"_s;
            },
            "F dump.refuted shop @dumps shop-1.dump (shop) [shop-1.dump] x1 -1555~ \"crc\"" },
        { "the newest dump failed",
            [](World &w) { w.artifact(u"shop-0.dump"_s).state = ArtifactState::Failed; },
            "A dump.failed shop @dumps shop-0.dump (shop) [shop-0.dump] x1 -115~ risk 30s/0.2" },
        { "the newest dump was not finished",
            [](World &w) { w.artifact(u"shop-0.dump"_s).state = ArtifactState::Unfinished; },
            "A dump.unfinished shop @dumps shop-0.dump (shop) [shop-0.dump] x1 -115~ risk 30s/0.2" },
    };
}

} // namespace tidemark::test
