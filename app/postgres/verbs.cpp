#include "postgres/verbs.h"

#include "ports/sleep.h"

namespace tidemark {

QCoro::Task<Result<std::shared_ptr<SqlSession>>> connectPatiently(std::shared_ptr<SqlConnector> connector,
    ConnectSpec spec, std::optional<Host> via, std::optional<Secret> password, SqlOptions options,
    std::function<void(Error, std::chrono::milliseconds)> told, std::stop_token stop)
{
    for (int failed = 1;; ++failed) {
        auto session = co_await connector->connect(spec, via, password, options, stop);
        if (session || stop.stop_requested())
            co_return session;
        const ErrorKind kind = session.error().kind;
        if (kind != ErrorKind::Unreachable && kind != ErrorKind::Timeout)
            co_return session;
        const std::chrono::milliseconds wait = backoff(failed);
        told(session.error(), wait);
        const bool whole = co_await sleepOr(wait, stop);
        if (!whole)
            co_return session;
    }
}

} // namespace tidemark
