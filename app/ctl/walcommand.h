#pragma once

#include "ctl/fleets.h"
#include "sources/walreading.h"
#include "wal/target.h"

#include <QJsonArray>

namespace tidemark::ctl {

// The folders and files a command names, opened; an Error "ctl.no-wal" when no WAL is there.
[[nodiscard]] QCoro::Task<Result<WalFolder>> openAsked(
    Call call, QStringList paths, Tools tools, std::stop_token stop);
// Names of relations from the copy that the console keeps of --cluster; none without that option.
[[nodiscard]] QCoro::Task<Result<std::vector<Relation>>> namesAsked(
    Call call, Tools tools, std::stop_token stop);
// All of it, read once; the listener is told while it goes on.
[[nodiscard]] QCoro::Task<Result<WalReading>> readAsked(
    Call call, WalFolder folder, std::shared_ptr<WalListener> listener, Tools tools, std::stop_token stop);

// What is wrong with what was read: damaged files with the exact place, missing segments, histories.
[[nodiscard]] std::vector<Remark> remarksOn(const WalFolder &folder, const WalReading &reading);

// What a wal command shows.
struct WalShown {
    QString summary;
    QStringList heads;
    QList<QStringList> rows;
    QString key; // of the list in JSON
    QJsonArray list;
    QJsonObject more; // other keys
    QString text; // before the table
    std::vector<Remark> remarks;
};
[[nodiscard]] Answer answerOf(WalShown shown, Instant now);

[[nodiscard]] QString eventId(const WalTransaction &event); // "1:0/713050"
[[nodiscard]] QString effectWord(WalEffectKind kind); // "deleted-rows", stable
[[nodiscard]] QString classWord(WalClass kind); // "destructive", stable
[[nodiscard]] QString faultWord(WalFault fault); // "bad-checksum", stable
// "public.orders", "TOAST of public.orders", or "file 1663/5/16385" where nothing more is known.
[[nodiscard]] QString relationWords(const std::optional<RelationName> &name, const RelationFile &file);
[[nodiscard]] QString subjectWords(const WalEffect &effect);
[[nodiscard]] QJsonValue commitJson(const std::optional<WalCommit> &commit);
[[nodiscard]] QString commitWords(const std::optional<WalCommit> &commit);
[[nodiscard]] QJsonValue jsonOf(std::uint64_t count);

} // namespace tidemark::ctl
