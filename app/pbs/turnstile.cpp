#include "pbs/turnstile.h"

#include "pbs/trust.h"

namespace tidemark::pbs {

void Turnstile::leave(const Result<> &outcome)
{
    m_busy = false;
    const bool shared = !outcome && outcome.error().kind != ErrorKind::Cancelled;
    for (const auto &waiter : std::exchange(m_waiting, {}))
        waiter.settle(shared ? outcome : Result<>());
}

QCoro::Task<Result<>> Turnstile::wait(std::stop_token stop)
{
    const Once<Result<>> told;
    m_waiting.push_back(told);
    const std::stop_callback onStop(stop, [told] { told.settle(tl::unexpected(cancelledError())); });
    auto outcome = co_await told;
    co_return outcome;
}

} // namespace tidemark::pbs
