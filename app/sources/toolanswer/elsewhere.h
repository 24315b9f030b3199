#pragma once

#include "ports/once.h"

#include <QThreadPool>

#include <memory>
#include <type_traits>

namespace tidemark {

// Runs pure work on the program's threads; await the answer. What the work holds is freed there too.
template <class Work>
[[nodiscard]] auto elsewhere(Work work)
{
    using Value = std::invoke_result_t<Work>;
    const Once<Value> done;
    auto held = std::make_shared<Work>(std::move(work));
    QThreadPool::globalInstance()->start([done, held = std::move(held)]() mutable {
        Value answer = (*held)();
        held.reset();
        done.settle(std::move(answer));
    });
    return done;
}

} // namespace tidemark
