#include "breakages.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

void fault(World &w, WalFault kind, const QString &detail)
{
    w.repository(u"wal repo 1 2-4; bad repo 1 5 empty; wal repo 1 6-9; full b 1 2.1-2.6 verified"_s);
    w.archive().troubles.front().fault = kind;
    w.archive().troubles.front().detail = detail;
}

} // namespace

std::vector<Breakage> walBreakages()
{
    return {
        { "empty", [](World &w) { fault(w, WalFault::Empty, {}); },
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.empty shop @repo "
            "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~" },
        { "truncated", [](World &w) { fault(w, WalFault::WrongSize, u"300000 of 1048576 bytes"_s); },
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.wrong-size shop "
            "@repo "
            "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"300000 of 1048576 bytes\"" },
        { "foreign", [](World &w) { fault(w, WalFault::Foreign, u"system identifier 77"_s); },
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.foreign shop "
            "@repo "
            "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"system identifier 77\"" },
        { "renamed", [](World &w) { fault(w, WalFault::Misnamed, u"it is 7"_s); },
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.misnamed shop "
            "@repo "
            "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"it is 7\"" },
        { "no page", [](World &w) { fault(w, WalFault::BadPage, {}); },
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.bad-page shop "
            "@repo "
            "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~" },
        { "bit flipped", [](World &w) { fault(w, WalFault::BadChecksum, u"at 0/500100"_s); },
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.bad-checksum shop "
            "@repo 000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"at 0/500100\"" },
        { "cannot be read", [](World &w) { fault(w, WalFault::Unreadable, u"gzip: unexpected end"_s); },
            "F wal.gap shop @repo 000000010000000000000005 tl 1 x1 5~ risk 330s/5.2; F wal.unreadable shop "
            "@repo "
            "000000010000000000000005 tl 1 [000000010000000000000005] x1 6~ \"gzip: unexpected end\"" },
        { "the newest is still being copied",
            [](World &w) {
                w.repository(u"wal repo 1 2-9; bad repo 1 10 empty; full b 1 2.1-2.6 verified"_s);
            },
            "" },
        { "bad history",
            [](World &w) {
                WalTrouble t;
                t.name = u"00000002.history"_s;
                t.fault = WalFault::BadHistory;
                w.archive().troubles = { t };
            },
            "F wal.bad-history shop @repo 00000002.history [00000002.history] x1" },
        { "archive of another cluster", [](World &w) { w.archive().systemId = SystemId { 77 }; },
            "F rpo.over shop -120~ is 7830 of 900 risk 7830s/-1; F wal.archive-foreign shop @repo 77 \"42\"; "
            "F "
            "base.wal-missing shop @repo b [b] x1 2.6~" },
    };
}

} // namespace tidemark::test
