#pragma once

#include "ctl/command.h"
#include "insight/finding.h"

namespace tidemark::ctl {

// The fleet the call names, or the person's own.
[[nodiscard]] QCoro::Task<Result<Fleet>> fleetOf(Call call, Tools tools, std::stop_token stop);
[[nodiscard]] QString fleetPath(const Call &call, const Tools &tools);

// The sources of kind pbs that are asked for; a name that is none of them is the Error "ctl.no-such-source".
[[nodiscard]] Result<std::vector<Source>> backupServersOf(const Fleet &fleet, const Call &call);
// A number or a duration given as an option; an Error "ctl.usage" tells what is wrong with it.
[[nodiscard]] Result<int> numberOption(const Call &call, const QString &name, int fallback);
[[nodiscard]] Result<std::optional<std::chrono::seconds>> durationOption(
    const Call &call, const QString &name);
// A date, which is its beginning in UTC, or a time with its zone.
[[nodiscard]] Result<Instant> timeOption(const Call &call, const QString &name, Instant fallback);

[[nodiscard]] Level levelOf(const Finding &finding);
[[nodiscard]] Level levelOf(const Error &error); // of a server or source that did not answer

// One remark below a table, and the same in JSON.
struct Remark {
    Level level = Level::Ok;
    QString subject;
    QString text;
};
// What servers and backup servers say of themselves, a remark for each finding.
[[nodiscard]] std::vector<Remark> remarksOn(const Fleet &fleet, const FleetState &state, Instant now);
[[nodiscard]] QString remarkLines(const std::vector<Remark> &remarks);
[[nodiscard]] QJsonArray remarksJson(const std::vector<Remark> &remarks);
[[nodiscard]] Level worst(const std::vector<Remark> &remarks);

// The keys every answer begins with.
[[nodiscard]] QJsonObject heading(Level level, const QString &summary, const QString &fleet, Instant now);

[[nodiscard]] QJsonValue orNull(const QString &text);
[[nodiscard]] QJsonValue orNull(const std::optional<Instant> &time);
[[nodiscard]] QJsonValue orNull(const std::optional<Bytes> &size);
[[nodiscard]] QJsonValue errorJson(const std::optional<Error> &error);
[[nodiscard]] QJsonArray missingJson(const std::vector<MissingRight> &missing);

} // namespace tidemark::ctl
