#pragma once

#include "values/error.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>
#include <qcorotask.h>

#include <chrono>
#include <memory>
#include <optional>

namespace tidemark::test {

namespace detail {
template <class T>
QCoro::Task<> keep(QCoro::Task<T> task, std::shared_ptr<std::optional<T>> slot)
{
    auto value = co_await task;
    slot->emplace(std::move(value));
}
} // namespace detail

// Runs the event loop until the task has ended. Nothing: it hung.
template <class T>
[[nodiscard]] std::optional<T> settle(
    QCoro::Task<T> task, std::chrono::milliseconds limit = std::chrono::seconds(10))
{
    auto slot = std::make_shared<std::optional<T>>();
    const auto kept = detail::keep(std::move(task), slot);
    const QDeadlineTimer deadline(limit);
    QTimer beat; // with a limit of its own processEvents() would not wait, but turn without rest
    beat.start(20);
    while (!slot->has_value() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return std::move(*slot);
}

// What to show when a Result was expected to hold a value.
template <class T>
[[nodiscard]] QByteArray wordsOf(const std::optional<Result<T>> &result)
{
    if (!result)
        return "hung";
    if (result->has_value())
        return "ok";
    return (result->error().code + QStringLiteral(": ") + result->error().detail).toUtf8();
}

} // namespace tidemark::test
