#pragma once

#include <QThreadPool>

#include <memory>
#include <utility>

namespace tidemark {

// A million of anything take a tenth of a second to free, which the event loop does not have: whoever drops
// the last reference leaves that to the thread pool.
template <class T>
[[nodiscard]] std::shared_ptr<const T> freedElsewhere(T value)
{
    return { new T(std::move(value)),
        [](const T *old) { QThreadPool::globalInstance()->start([old] { delete old; }); } };
}

} // namespace tidemark
