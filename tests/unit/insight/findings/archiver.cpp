#include "breakages.h"

using namespace Qt::StringLiterals;
using std::chrono::days;
using std::chrono::hours;

namespace tidemark::test {

std::vector<Breakage> archiverBreakages()
{
    return {
        { "archiver fails",
            [](World &w) {
                w.server().archiver->lastFailedAt = Story::minute(10.3);
                w.server().archiver->lastFailedWal = u"000000010000000000000A"_s;
                w.server().archiver->failedCount = 3;
                w.server().segmentsWaiting = 2;
            },
            "F archiver.failing shop 000000010000000000000A x3 10~ is 2 risk 30s/0.2" },
        { "archive_command /bin/true", [](World &w) { w.server().archiveCommand = u"/bin/true"_s; },
            "F archiver.no-op shop /bin/true risk 30s/0.2" },
        { "archive_command ' : ; '", [](World &w) { w.server().archiveCommand = u" : ; "_s; },
            "F archiver.no-op shop  : ;  risk 30s/0.2" },
        { "archive_command empty", [](World &w) { w.server().archiveCommand = u""_s; },
            "F archiver.no-command shop risk 30s/0.2" },
        { "archive_command not shown", [](World &w) { w.server().archiveCommand = QString(); }, "" },
        { "archive_library",
            [](World &w) {
                w.server().archiveCommand = u""_s;
                w.server().archiveLibrary = u"basic_archive"_s;
            },
            "" },
        { "said to be archived, and is not there",
            [](World &w) {
                w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
                w.server().archiver->lastArchivedAt = Story::minute(4);
            },
            "F wal.not-archived shop @repo 00000001000000000000000C x9 4~ risk 30s/0.2" },
        { "said so a moment ago",
            [](World &w) {
                w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
                w.server().archiver->lastArchivedAt = Story::minute(10.3);
            },
            "" },
        { "an archive that stands still",
            [](World &w) {
                w.now = Story::minute(20.5);
                for (auto &s : w.facts.sources)
                    s.readAt = Story::minute(20.4);
                w.server().readAt = w.now;
                w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
                w.server().archiver->lastArchivedAt = Story::minute(18.5);
            },
            "F wal.not-archived shop @repo 00000001000000000000000C x9 18.5~ risk 630s/0.2" },
        { "an archive that does not stand still",
            [](World &w) {
                w.now = Story::minute(20.5);
                for (SourceFacts &source : w.facts.sources)
                    source.readAt = Story::minute(20.4);
                w.server().readAt = w.now;
                w.archive().spans.front().lastArrived = Story::minute(18.9);
                w.server().archiver->lastArchivedWal = segmentName({ 1 }, { 12 }, 1u << 20);
                w.server().archiver->lastArchivedAt = Story::minute(18.5);
            },
            "" },
        { "archive_mode off", [](World &w) { w.server().archiveMode = u"off"_s; },
            "F archiver.off shop risk 30s/0.2" },
        { "archive_mode off, and no WAL wanted",
            [](World &w) {
                w.repository(QString());
                w.fleet.sources.erase(w.fleet.sources.begin());
                w.cluster().objectives.rpo = days(1);
                w.server().archiveMode = u"off"_s;
            },
            "A archiver.off shop risk 7830s/-1" },
        { "somebody receives by streaming",
            [](World &w) {
                w.server().archiveMode = u"off"_s;
                w.server().standbys = { { .name = u"barman_receive_wal"_s, .state = u"streaming"_s } };
            },
            "" },
        { "a standby is no archive",
            [](World &w) {
                w.server().archiveMode = u"off"_s;
                w.server().standbys = { { .name = u"walreceiver"_s, .state = u"streaming"_s } };
            },
            "F archiver.off shop risk 30s/0.2" },
        { "wal_level minimal",
            [](World &w) {
                w.server().walLevel = u"minimal"_s;
                w.server().archiveMode = u"off"_s;
            },
            "F server.wal-minimal shop risk 30s/0.2" },
        { "wal_level minimal, and no WAL wanted",
            [](World &w) {
                w.repository(QString());
                w.fleet.sources.erase(w.fleet.sources.begin());
                w.cluster().objectives.rpo = days(1);
                w.server().walLevel = u"minimal"_s;
                w.server().archiveMode = u"off"_s;
            },
            "A server.wal-minimal shop risk 7830s/-1" },
        { "archive_timeout 0", [](World &w) { w.server().archiveTimeout = std::chrono::seconds(0); },
            "A settings.archive-timeout shop is 0 of 900" },
        { "archive_timeout longer than the RPO", [](World &w) { w.server().archiveTimeout = hours(1); },
            "A settings.archive-timeout shop is 3600 of 900" },
    };
}

} // namespace tidemark::test
