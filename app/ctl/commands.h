#pragma once

#include "ctl/command.h"

namespace tidemark::ctl {

// One for each row of the table, in a file of its own.
[[nodiscard]] QCoro::Task<Answer> fleetCheck(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> servers(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> pbsDatastores(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> pbsSnapshots(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> pbsTasks(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sources(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> artifacts(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> windows(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> instant(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> gaps(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> risk(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> findings(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> check(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> calendar(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> walStats(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> walEvents(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> walHistogram(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> walBefore(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> walCheck(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> recoverPlan(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionRun(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionResume(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionStatus(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionAbort(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionHandOver(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionNote(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionUndo(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> sessionList(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> labUp(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> labDown(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QCoro::Task<Answer> labStatus(Call call, Tools tools, std::stop_token stop);

} // namespace tidemark::ctl
