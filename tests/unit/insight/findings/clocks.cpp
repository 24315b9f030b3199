#include "breakages.h"

using namespace Qt::StringLiterals;
using std::chrono::days;

namespace tidemark::test {

std::vector<Breakage> clockBreakages()
{
    return {
        { "server's clock is off", [](World &w) { w.server().clockAhead = std::chrono::seconds(-90); },
            "A clock.server shop is -90 of 60" },
        { "backups from the future",
            [](World &w) {
                w.artifact(u"vm/2001/0"_s).stop = Story::minute(60);
                w.sort();
            },
            "A clock.future shop @pbs01 vm/2001/0 x1 ~60" },
        { "WAL from the future", [](World &w) { w.archive().spans.front().lastArrived = Story::minute(60); },
            "A clock.future shop @repo x1 ~60" },
        { "proof too old",
            [](World &w) {
                w.cluster().objectives.proofAge = days(3);
                ArtifactFact &s = w.artifact(u"vm/2001/6"_s);
                s.assurance = Assurance::Restored;
            },
            "A proof.aged shop -8760~ is 526230 of 259200" },
    };
}

} // namespace tidemark::test
