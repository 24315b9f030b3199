#include "sources/verbs.h"

#include "ports/elsewhere.h"

namespace tidemark {

QCoro::Task<Result<Changes>> refreshCatalogue(std::shared_ptr<BackupSource> source,
    std::shared_ptr<Catalogue> catalogue, QString fleet, std::shared_ptr<Clock> clock, std::stop_token stop)
{
    auto known = co_await catalogue->known(fleet, source->name(), stop);
    if (!known)
        co_return tl::unexpected(std::move(known).error());
    // Shared with what the source is handed, so that the last reference is here.
    const auto names = freedElsewhere(known->stamps);
    auto scan = co_await source->scan(std::move(*known), stop);
    if (scan) {
        auto changes = co_await catalogue->apply(fleet, std::move(*scan), stop);
        co_return changes;
    }
    const Error error = scan.error();
    if (error.kind == ErrorKind::Cancelled)
        co_return tl::unexpected(error);
    const Instant now = clock->now();
    const auto told = co_await catalogue->failed(fleet, source->name(), now, error, stop);
    co_return tl::unexpected(told ? error : told.error());
}

} // namespace tidemark
