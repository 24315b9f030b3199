#include "ctl/commands.h"
#include "ctl/walcommand.h"
#include "ctl/words.h"
#include "wal/histogram.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

QCoro::Task<Answer> walHistogram(Call call, Tools tools, std::stop_token stop)
{
    const auto width = durationOption(call, u"bucket"_s);
    if (!width)
        co_return failed(width.error());
    const std::chrono::seconds bucket = width->value_or(std::chrono::minutes(1));
    if (bucket.count() <= 0)
        co_return misused(u"--bucket must be a second or more"_s);
    const auto folder = co_await openAsked(call, call.operands, tools, stop);
    if (!folder)
        co_return failed(folder.error());
    const auto histogram = std::make_shared<tidemark::WalHistogram>(bucket);
    const auto reading = co_await readAsked(call, *folder, histogram, tools, stop);
    if (!reading)
        co_return failed(reading.error());
    WalShown shown { .heads
        = { u"FROM"_s, u"COMMITS"_s, u"ROLLBACKS"_s, u"INSERTED"_s, u"UPDATED"_s, u"DELETED"_s },
        .key = u"buckets"_s,
        .more = { { u"bucketSeconds"_s, qint64 { bucket.count() } } },
        .remarks = remarksOn(*folder, *reading) };
    std::uint64_t commits = 0;
    for (const auto &[begin, count] : histogram->buckets()) {
        commits += count.commits;
        const auto number = [](std::uint64_t value) { return QString::number(value); };
        shown.rows << QStringList { timeWords(begin), number(count.commits), number(count.rollbacks),
            number(count.inserted), number(count.updated), number(count.deleted) };
        shown.list << QJsonObject { { u"from"_s, begin.toIso() }, { u"commits"_s, jsonOf(count.commits) },
            { u"rollbacks"_s, jsonOf(count.rollbacks) }, { u"inserted"_s, jsonOf(count.inserted) },
            { u"updated"_s, jsonOf(count.updated) }, { u"deleted"_s, jsonOf(count.deleted) } };
    }
    shown.summary = u"%1 commits in %2 buckets"_s.arg(commits).arg(shown.rows.size());
    co_return answerOf(std::move(shown), tools.clock->now());
}

} // namespace tidemark::ctl
