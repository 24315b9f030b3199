#include "lab/traffic.h"

#include "lab/cluster.h"
#include "lab/processes.h"

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

const QString ServiceName = u"traffic"_s;

} // namespace

Result<> startTraffic(const Place &place, int port)
{
    if (trafficPid(place) != 0)
        return {};
    // psql repeats the call until it fails; it fails for good when the server goes.
    const QString loop
        = u"printf '%s\\n' 'call do_business(1) \\watch 2' | exec timeout 28800 \"$@\" >/dev/null 2>&1"_s;
    auto started = run(u"setsid"_s,
        { u"-f"_s, u"sh"_s, u"-c"_s, loop, u"sh"_s, place.marker.binaries + u"/psql"_s, u"-Xq"_s, u"-h"_s,
            place.sockets, u"-p"_s, QString::number(port), u"-U"_s, u"postgres"_s, u"-d"_s, u"shop"_s },
        {}, 20'000,
        { { QString::fromLatin1(LabIdVariable), place.marker.id },
            { QString::fromLatin1(ServiceVariable), ServiceName }, { u"PGAPPNAME"_s, u"lab traffic"_s } });
    return started ? Result<>() : tl::unexpected(std::move(started).error());
}

Result<> stopTraffic(const Place &place)
{
    return endProcesses(place.marker.id, ServiceName);
}

pid_t trafficPid(const Place &place)
{
    for (const Process &process : processesOf(place.marker.id, ServiceName)) {
        if (process.program == u"psql")
            return process.pid;
    }
    return 0;
}

} // namespace tidemark::lab
