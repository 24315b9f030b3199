#include "ctl/commands.h"
#include "ctl/walcommand.h"
#include "ctl/words.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

QString shareOf(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0
        ? u"-"_s
        : QString::number(100.0 * static_cast<double>(part) / static_cast<double>(whole), 'f', 2);
}

QStringList row(const QString &name, const WalStats::Count &count, const WalStats::Count &total)
{
    const auto number = [](std::uint64_t value) { return QString::number(value); };
    const std::uint64_t both = count.recordBytes + count.imageBytes;
    return { name, number(count.records), shareOf(count.records, total.records), number(count.recordBytes),
        shareOf(count.recordBytes, total.recordBytes), number(count.imageBytes),
        shareOf(count.imageBytes, total.imageBytes), number(both),
        shareOf(both, total.recordBytes + total.imageBytes) };
}

QJsonObject jsonOf(const QString &name, const WalStats::Count &count)
{
    return { { u"manager"_s, name }, { u"records"_s, ctl::jsonOf(count.records) },
        { u"recordBytes"_s, ctl::jsonOf(count.recordBytes) },
        { u"imageBytes"_s, ctl::jsonOf(count.imageBytes) } };
}

} // namespace

QCoro::Task<Answer> walStats(Call call, Tools tools, std::stop_token stop)
{
    const auto folder = co_await openAsked(call, call.operands, tools, stop);
    if (!folder)
        co_return failed(folder.error());
    const auto listener = std::make_shared<WalListener>();
    const auto reading = co_await readAsked(call, *folder, listener, tools, stop);
    if (!reading)
        co_return failed(reading.error());
    const WalStats::Count total = reading->stats.total();
    WalShown shown { .summary = u"%1 records in %2 files"_s.arg(total.records).arg(reading->files.size()),
        .heads = { u"MANAGER"_s, u"RECORDS"_s, u"%"_s, u"RECORD BYTES"_s, u"%"_s, u"IMAGE BYTES"_s, u"%"_s,
            u"BYTES"_s, u"%"_s },
        .key = u"managers"_s,
        .remarks = remarksOn(*folder, *reading) };
    for (int number = 0; number < 256; ++number) {
        const auto manager = static_cast<ResourceManager>(number);
        const WalStats::Count &count = reading->stats.of(manager);
        if (count.records == 0)
            continue;
        shown.rows << row(WalStats::name(manager), count, total);
        shown.list << jsonOf(WalStats::name(manager), count);
    }
    shown.rows << row(u"total"_s, total, total);
    shown.more[u"total"_s] = jsonOf(u"total"_s, total);
    co_return answerOf(std::move(shown), tools.clock->now());
}

} // namespace tidemark::ctl
