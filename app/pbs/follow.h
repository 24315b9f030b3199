#pragma once

#include "pbs/client.h"

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace tidemark::pbs {

struct FollowLimits {
    std::chrono::milliseconds interval = std::chrono::seconds(1);
    int patience = 5; // failed questions in a row before giving up
};

// Follows a task to its end, telling each line of its log once, in order. A server that does not answer for a
// moment is asked again. Stopping ends the following, not the task.
[[nodiscard]] QCoro::Task<Result<TaskEnd>> followTask(std::shared_ptr<Client> client, QString upid,
    std::function<void(LogLine)> tell, FollowLimits limits, std::stop_token stop);

// All lines of a task's log from a line on, page by page.
[[nodiscard]] QCoro::Task<Result<std::vector<LogLine>>> wholeLog(
    std::shared_ptr<Client> client, QString upid, std::stop_token stop);

} // namespace tidemark::pbs
