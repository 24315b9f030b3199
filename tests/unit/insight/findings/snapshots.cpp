#include "breakages.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

std::vector<Breakage> snapshotBreakages()
{
    return {
        { "verify failed",
            [](World &w) {
                ArtifactFact &s = w.artifact(u"vm/2001/0"_s);
                s.assurance = Assurance::Refuted;
                s.why = u"verify failed"_s;
            },
            "F snapshot.verify-failed shop @pbs01 vm/2001/0 [vm/2001/0] x1 -180~ \"verify failed\" risk "
            "30s/0.2" },
        { "never verified",
            [](World &w) {
                for (auto &a : w.shop().artifacts)
                    if (a.kind == ArtifactKind::VmSnapshot)
                        a.assurance = Assurance::Listed;
                w.read(u"pbs01"_s).jobs.erase(w.read(u"pbs01"_s).jobs.begin());
            },
            "A snapshot.never-verified shop @pbs01 vm/2001/6 x7 -8820~" },
        { "not verified yet",
            [](World &w) {
                for (auto &a : w.shop().artifacts)
                    if (a.kind == ArtifactKind::VmSnapshot)
                        a.assurance = Assurance::Listed;
            },
            "" },
        { "some are not verified",
            [](World &w) {
                w.artifact(u"vm/2001/6"_s).assurance = Assurance::Listed;
                w.read(u"pbs01"_s).jobs.clear();
            },
            "" },
        { "snapshot unfinished",
            [](World &w) { w.artifact(u"vm/2001/0"_s).state = ArtifactState::Unfinished; },
            "A snapshot.unfinished shop @pbs01 vm/2001/0 [vm/2001/0] x1 -180~ risk 30s/0.2" },
        { "group empty",
            [](World &w) {
                w.source(u"pbs01"_s).groups = { u"vm/2001"_s };
                std::erase_if(
                    w.shop().artifacts, [](const auto &a) { return a.kind == ArtifactKind::VmSnapshot; });
            },
            "A snapshot.group-missing shop @pbs01 vm/2001 risk 30s/0.2; A source.empty @pbs01 [shop]" },
        { "no group was named",
            [](World &w) {
                std::erase_if(
                    w.shop().artifacts, [](const auto &a) { return a.kind == ArtifactKind::VmSnapshot; });
            },
            "A source.empty @pbs01 [shop]" },
        { "snapshot damaged", [](World &w) { w.artifact(u"vm/2001/3"_s).state = ArtifactState::Damaged; },
            "F snapshot.damaged shop @pbs01 vm/2001/3 [vm/2001/3] x1 -4500~" },
        { "snapshot failed", [](World &w) { w.artifact(u"vm/2001/0"_s).state = ArtifactState::Failed; },
            "A snapshot.failed shop @pbs01 vm/2001/0 [vm/2001/0] x1 -180~ risk 30s/0.2" },
    };
}

} // namespace tidemark::test
