#include "breakages.h"

using namespace Qt::StringLiterals;
using std::chrono::hours;

namespace tidemark::test {

namespace {

SourceTrouble trouble(ErrorKind kind, const QString &code, const QString &detail)
{
    return { {}, u"main"_s, u"shop"_s, { kind, code, detail } };
}

} // namespace

std::vector<Breakage> sourceBreakages()
{
    return {
        { "source cannot be reached",
            [](World &w) {
                w.read(u"dumps"_s).error = Error { ErrorKind::Unreachable, u"ssh.255"_s, u"no route"_s };
            },
            "F source.offline @dumps 10.4~ !ssh.255" },
        { "another certificate",
            [](World &w) {
                w.read(u"pbs01"_s).error = Error { ErrorKind::Denied, u"pbs.fingerprint-mismatch"_s, {} };
            },
            "F source.certificate-changed @pbs01 10.4~ !pbs.fingerprint-mismatch" },
        { "access refused",
            [](World &w) {
                w.read(u"pbs01"_s).error = Error { ErrorKind::Denied, u"pbs.auth-failed"_s, {} };
            },
            "F source.access-refused @pbs01 10.4~ !pbs.auth-failed" },
        { "its secret cannot be had",
            [](World &w) {
                w.read(u"pbs01"_s).error
                    = Error { ErrorKind::Denied, u"secrets.command-failed"_s, u"ended with 3"_s };
            },
            "F source.no-secret @pbs01 10.4~ !secrets.command-failed" },
        { "reading was ended",
            [](World &w) {
                w.read(u"dumps"_s).error = Error { ErrorKind::Cancelled, u"source.cancelled"_s, {} };
            },
            "" },
        { "not read for long", [](World &w) { w.read(u"dumps"_s).readAt = Story::minute(0) - hours(5); },
            "A source.stale @dumps -300~" },
        { "a part may not be read",
            [](World &w) {
                w.read(u"repo"_s).troubles
                    = { trouble(ErrorKind::Denied, u"source.denied"_s, u"permission denied"_s) };
            },
            "F source.denied shop @repo main (source.denied) \"permission denied\" !source.denied" },
        { "stanza error",
            [](World &w) {
                w.read(u"repo"_s).troubles = { trouble(
                    ErrorKind::NotFound, u"pgbackrest.missing-stanza"_s, u"missing stanza path"_s) };
            },
            "F source.tool shop @repo main (pgbackrest.missing-stanza) \"missing stanza path\" "
            "!pgbackrest.missing-stanza" },
        { "a part cannot be read",
            [](World &w) {
                w.read(u"repo"_s).troubles
                    = { trouble(ErrorKind::Protocol, u"source.garbled"_s, u"not JSON"_s) };
            },
            "A source.part-unreadable shop @repo main (source.garbled) \"not JSON\" !source.garbled" },
        { "lists look empty",
            [](World &w) {
                std::erase_if(w.shop().artifacts, [](const auto &a) {
                    return a.kind == ArtifactKind::Dump || a.kind == ArtifactKind::Globals;
                });
            },
            "A source.empty @dumps [shop]" },
        { "strays",
            [](World &w) {
                ArtifactFact s = w.artifact(u"b"_s);
                s.id = u"x"_s;
                w.facts.strays = { s };
            },
            "A source.strays @repo x [x] x1" },
        { "backup server offline",
            [](World &w) {
                w.state.backupServers = { backupServer() };
                w.state.backupServers.front().reach = Reach::Offline;
                w.state.backupServers.front().error = Error { ErrorKind::Timeout, u"pbs.timeout"_s, {} };
            },
            "F source.offline @pbs01 !pbs.timeout" },
        { "backup server answers", [](World &w) { w.state.backupServers = { backupServer() }; }, "" },
        { "the scan lacks the same right",
            [](World &w) {
                w.state.backupServers = { backupServer() };
                w.state.backupServers.front().facts->missing = { { u"jobs"_s, u"ACL"_s } };
                w.read(u"pbs01"_s).troubles
                    = { { {}, u"jobs"_s, {}, { ErrorKind::Denied, u"pbs.permission"_s, u"ACL"_s } } };
            },
            "F source.denied @pbs01 jobs (pbs.permission) \"ACL\" !pbs.permission" },
        { "Barman warns",
            [](World &w) {
                w.read(u"repo"_s).troubles = { trouble(ErrorKind::Protocol, u"barman.said"_s, u"careful"_s) };
            },
            "A source.part-unreadable shop @repo main (barman.said) \"careful\" !barman.said" },
        { "Barman's check fails",
            [](World &w) {
                w.read(u"repo"_s).troubles
                    = { trouble(ErrorKind::Conflict, u"barman.check"_s, u"ssh: FAILED"_s) };
            },
            "F source.tool shop @repo main (barman.check) \"ssh: FAILED\" !barman.check" },
        { "Barman's archive may not be listed",
            [](World &w) {
                w.read(u"repo"_s).troubles
                    = { trouble(ErrorKind::NotFound, u"barman.archive-unlisted"_s, u"not there"_s) };
            },
            "A source.part-unreadable shop @repo main (barman.archive-unlisted) \"not there\" "
            "!barman.archive-unlisted" },
        { "rights missing on the backup server",
            [](World &w) {
                w.state.backupServers = { backupServer() };
                w.state.backupServers.front().facts->missing = { { u"jobs"_s, u"ACL"_s } };
            },
            "A source.rights @pbs01 x1 -jobs" },
    };
}

} // namespace tidemark::test
