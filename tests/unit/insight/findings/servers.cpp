#include "breakages.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

std::vector<Breakage> serverBreakages()
{
    return {
        { "server offline",
            [](World &w) {
                w.state.servers.front().reach = Reach::Offline;
                w.state.servers.front().offlineSince = Story::minute(9);
                w.state.servers.front().error = Error { ErrorKind::Unreachable, u"pg.08006"_s, u"refused"_s };
            },
            "F server.offline shop 9~ !pg.08006" },
        { "server refuses",
            [](World &w) {
                w.state.servers.front().reach = Reach::Offline;
                w.state.servers.front().error = Error { ErrorKind::Denied, u"pg.28P01"_s, {} };
            },
            "F server.access-refused shop !pg.28P01" },
        { "its password cannot be had",
            [](World &w) {
                w.state.servers.front().reach = Reach::Offline;
                w.state.servers.front().error
                    = Error { ErrorKind::Denied, u"secrets.command-failed"_s, u"ended with 3"_s };
            },
            "F server.no-secret shop !secrets.command-failed" },
        { "server stale", [](World &w) { w.state.servers.front().reach = Reach::Stale; },
            "A server.stale shop 10.45~" },
        { "rights missing",
            [](World &w) {
                w.server().missing = { { u"archiver"_s, u"GRANT"_s } };
            },
            "A server.rights shop x1 -archiver" },
        { "another cluster answers", [](World &w) { w.server().systemId = SystemId { 77 }; },
            "F server.foreign shop 77 \"42\"" },
        { "environment unset", [](World &w) { w.cluster().environment = Environment::Unset; },
            "A cluster.environment shop" },
        { "a slot holds WAL",
            [](World &w) {
                w.server().slots = { { u"old"_s, false, false, Bytes { qint64(3) << 30 }, u"extended"_s } };
            },
            "A slot.holds-wal shop old is 3.22123e+09 \"extended\"" },
        { "a slot in use",
            [](World &w) {
                w.server().slots = { { u"s"_s, true, false, Bytes { qint64(3) << 30 }, u"reserved"_s } };
            },
            "" },
        { "a slot lost its WAL",
            [](World &w) {
                w.server().slots = { { u"old"_s, false, true, {}, u"lost"_s } };
            },
            "F slot.lost shop old \"lost\"" },
        { "pg_wal fills",
            [](World &w) {
                w.server().archiver->lastFailedAt = Story::minute(10.3);
                w.server().walFree = Bytes { 100 << 20 };
            },
            "F archiver.failing shop 10~ is 0 risk 30s/0.2; F server.wal-filling shop ~110.5 is 17476.3 of "
            "1.04858e+08" },
    };
}

} // namespace tidemark::test
