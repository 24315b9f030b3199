#include "breakages.h"

using namespace Qt::StringLiterals;
using std::chrono::days;

namespace tidemark::test {

std::vector<Breakage> storeBreakages()
{
    return {
        { "store full", [](World &w) { w.read(u"pbs01"_s).usage.front().used = Bytes { 960 }; },
            "F store.full @pbs01 tank (tank) is 0.96 of 1" },
        { "store filling", [](World &w) { w.read(u"pbs01"_s).usage.front().used = Bytes { 860 }; },
            "A store.filling @pbs01 tank (tank) is 0.86 of 1" },
        { "store over its limit", [](World &w) { w.source(u"pbs01"_s).maxUsed = 30; },
            "A store.over-limit @pbs01 tank (tank) is 0.4 of 0.3" },
        { "store full soon",
            [](World &w) { w.read(u"pbs01"_s).usage.front().estimatedFull = Story::minute(0) + days(12); },
            "A store.full-soon @pbs01 tank (tank) ~17280 is 0.4 of 1" },
        { "store full in a year",
            [](World &w) { w.read(u"pbs01"_s).usage.front().estimatedFull = Story::minute(0) + days(365); },
            "" },
        { "store full in the past",
            [](World &w) { w.read(u"pbs01"_s).usage.front().estimatedFull = Story::minute(0) - days(1); },
            "" },
        { "datastore in error",
            [](World &w) {
                w.state.backupServers = { backupServer() };
                w.state.backupServers.front().facts->datastores.front().error = u"not mounted"_s;
            },
            "F store.error @pbs01 tank (tank) \"not mounted\"" },
        { "datastore in maintenance",
            [](World &w) {
                w.state.backupServers = { backupServer() };
                w.state.backupServers.front().facts->datastores.front().maintenance = u"read-only"_s;
            },
            "A store.maintenance @pbs01 tank (tank) \"read-only\"" },
        { "a datastore the catalogue does not know is full",
            [](World &w) {
                w.state.backupServers = { backupServer() };
                DatastoreFacts &d = w.state.backupServers.front().facts->datastores.front();
                d.name = u"other"_s;
                d.total = Bytes { 100 };
                d.used = Bytes { 99 };
            },
            "F store.full @pbs01 other (other) is 0.99 of 1" },
        { "the scan met the datastore in maintenance too",
            [](World &w) {
                w.state.backupServers = { backupServer() };
                w.state.backupServers.front().facts->datastores.front().maintenance = u"read-only"_s;
                w.read(u"pbs01"_s).troubles = { { {}, u"tank"_s, {},
                    { ErrorKind::Unreachable, u"pbs.maintenance"_s, u"read-only"_s } } };
            },
            "A store.maintenance @pbs01 tank (pbs.maintenance) \"read-only\" !pbs.maintenance" },
        { "the scan cannot use the datastore",
            [](World &w) {
                w.read(u"pbs01"_s).troubles = { { {}, u"tank"_s, {},
                    { ErrorKind::Unreachable, u"pbs.datastore-unreadable"_s, u"not mounted"_s } } };
            },
            "F store.error @pbs01 tank (pbs.datastore-unreadable) \"not mounted\" "
            "!pbs.datastore-unreadable" },
    };
}

} // namespace tidemark::test
