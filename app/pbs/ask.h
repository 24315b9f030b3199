#pragma once

#include "pbs/decode.h"
#include "pbs/fault.h"
#include "pbs/session.h"
#include "pbs/trust.h"
#include "ports/once.h"

#include <QThreadPool>

namespace tidemark::pbs {

// Small answers are read at once, others on the readers' threads: the event loop does not wait for them.
constexpr qsizetype SmallBody = 16 * 1024;

// Sends a call and reads the answer into a value with what stands beside it.
template <class T>
QCoro::Task<Result<Envelope<T>>> askWhole(std::shared_ptr<Session> session, Call call, std::stop_token stop)
{
    auto answer = co_await session->perform(call, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (const auto fault = faultOf(*answer, call.needs))
        co_return tl::unexpected(*fault);
    if (answer->body.size() <= SmallBody)
        co_return decode<T>(answer->body);
    // A large text goes where it was read: giving its memory back takes milliseconds.
    auto body = std::make_shared<QByteArray>(std::move(answer->body));
    const Once<Result<Envelope<T>>> done;
    session->connections()->readers()->start([body = std::move(body), done]() mutable {
        auto read = decode<T>(*body);
        body.reset();
        done.settle(std::move(read));
    });
    auto read = co_await done;
    if (stop.stop_requested())
        co_return tl::unexpected(cancelledError());
    co_return read;
}

template <class T>
QCoro::Task<Result<T>> ask(std::shared_ptr<Session> session, Call call, std::stop_token stop)
{
    auto whole = co_await askWhole<T>(session, call, stop);
    if (!whole)
        co_return tl::unexpected(whole.error());
    co_return std::move(whole->data);
}

} // namespace tidemark::pbs
