#include "fleet/hostof.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool throughASocketHere(const ConnectSpec &spec)
{
    return spec.host.startsWith(u'/') && spec.via.isEmpty() && spec.uri.isEmpty() && spec.service.isEmpty();
}

std::optional<Host> machineOf(const Cluster &cluster, const Fleet &fleet)
{
    if (!cluster.host.isEmpty())
        return hostNamed(fleet, cluster.host);
    return throughASocketHere(cluster.connect) ? std::optional(Host {}) : std::nullopt;
}

} // namespace

std::optional<Host> hostNamed(const Fleet &fleet, const QString &name)
{
    const auto host = std::ranges::find(fleet.hosts, name, &Host::name);
    if (name.isEmpty() || host == fleet.hosts.end())
        return std::nullopt;
    return *host;
}

Result<Host> hostOf(const Source &source, const Fleet &fleet)
{
    if (source.host.isEmpty())
        return Host {};
    if (auto host = hostNamed(fleet, source.host))
        return *std::move(host);
    return failure(ErrorKind::Invalid, u"fleet.no-host"_s,
        u"the source \"%1\" is on the host \"%2\", which the fleet file does not have: add it "
        "to hosts, or correct the name"_s.arg(source.name, source.host));
}

std::optional<PlaceOnHost> walPlace(const Cluster &cluster, const Fleet &fleet, const ServerFacts &facts)
{
    const QString data = facts.dataDirectory.isEmpty() ? cluster.dataDirectory : facts.dataDirectory;
    const auto host = machineOf(cluster, fleet);
    if (!host || !data.startsWith(u'/'))
        return std::nullopt;
    return PlaceOnHost { *host, data + u"/pg_wal"_s };
}

} // namespace tidemark
