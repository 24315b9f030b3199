#include "sources/walspace.h"

#include "fleet/hostof.h"
#include "values/pathtext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QCoro::Task<Result<HostSpace>> walSpace(
    std::shared_ptr<HostReaders> hosts, Cluster cluster, Fleet fleet, ServerFacts facts, std::stop_token stop)
{
    const auto place = walPlace(cluster, fleet, facts);
    if (!hosts || !place)
        co_return failure(
            ErrorKind::NotFound, u"host.unknown"_s, u"the machine the server runs on is not known"_s);
    const auto reader = hosts->of(place->host);
    const QByteArray folder = pathBytes(place->path);
    auto space = co_await reader->space(folder, stop);
    co_return space;
}

} // namespace tidemark
