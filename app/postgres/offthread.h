#pragma once

#include "ports/once.h"

#include <thread>
#include <type_traits>
#include <utility>

namespace tidemark {

// Runs something that may block (a name server, a dead network) on a thread of its own and settles with its
// answer. Nobody has to wait for it: a caller that gave up leaves it to end by itself.
template <class Work>
[[nodiscard]] auto offThread(Work work)
{
    const Once<std::invoke_result_t<Work>> done;
    std::thread([done, work = std::move(work)]() mutable { done.settle(work()); }).detach();
    return done;
}

} // namespace tidemark
