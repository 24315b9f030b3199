#include "ctl/commands.h"
#include "ctl/pbslist.h"
#include "ctl/table.h"
#include "ctl/words.h"
#include "values/duration.h"

#include <QJsonArray>

#include <map>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

using Snapshots = Listed<PbsSnapshotFacts>;

struct Wanted {
    std::optional<std::chrono::seconds> maxAge;
    int limit = 0;
};

QCoro::Task<Snapshots> ask(Source source, Tools tools, std::stop_token stop)
{
    auto listed = co_await tools.backupLists->snapshots(source, std::nullopt, stop);
    co_return Snapshots { std::move(source), std::move(listed) };
}

QString nameOf(const PbsSnapshotFacts &snapshot)
{
    const QString space = snapshot.nameSpace.isEmpty() ? QString() : snapshot.nameSpace + u'/';
    return snapshot.datastore + u':' + space + snapshot.group;
}

// The newest finished backup of each group.
std::map<QString, Instant> newest(const std::vector<PbsSnapshotFacts> &snapshots)
{
    std::map<QString, Instant> times;
    for (const PbsSnapshotFacts &snapshot : snapshots) {
        const auto [at, first] = times.try_emplace(nameOf(snapshot), Instant());
        if (snapshot.finished)
            at->second = std::max(at->second, snapshot.time);
    }
    return times;
}

void addAges(std::vector<Remark> &remarks, const Snapshots &listed, std::chrono::seconds limit, Instant now)
{
    for (const auto &[group, time] : newest(listed.answer->items)) {
        if (now - time <= limit)
            continue;
        const QString newestWords
            = time == Instant() ? u"none has finished"_s : u"the newest is of "_s + timeWords(time);
        remarks.push_back({ Level::Critical, listed.source.name,
            u"%1 has no backup younger than %2, %3"_s.arg(safe(group), durationText(limit), newestWords) });
    }
}

void addSnapshots(std::vector<Remark> &remarks, const Snapshots &listed)
{
    for (const PbsSnapshotFacts &snapshot : listed.answer->items) {
        const QString name = safe(nameOf(snapshot)) + u' ' + timeWords(snapshot.time);
        if (snapshot.verification == "failed"_L1)
            remarks.push_back({ Level::Critical, listed.source.name, name + u" failed its verification"_s });
        if (!snapshot.finished)
            remarks.push_back({ Level::Warning, listed.source.name, name + u" has not finished"_s });
    }
    if (listed.answer->items.empty() && listed.answer->complete)
        remarks.push_back({ Level::Warning, listed.source.name, u"has no backups"_s });
}

std::vector<Remark> remarksOn(const Snapshots &listed, const Wanted &wanted, Instant now)
{
    std::vector<Remark> remarks = remarksOnReach(listed);
    if (!listed.answer)
        return remarks;
    addSnapshots(remarks, listed);
    const auto limit = wanted.maxAge ? wanted.maxAge : listed.source.objectives.rpo;
    if (limit)
        addAges(remarks, listed, *limit, now);
    return remarks;
}

QStringList row(const Source &source, const PbsSnapshotFacts &snapshot)
{
    const QString state = snapshot.finished ? orDash(snapshot.verification) : u"unfinished"_s;
    return { safe(source.name), safe(snapshot.datastore), orDash(snapshot.nameSpace), safe(snapshot.group),
        timeWords(snapshot.time), sizeWords(snapshot.size), state, snapshot.isProtected ? u"yes"_s : u"-"_s,
        orDash(snapshot.owner), safe(snapshot.comment, 60) };
}

QJsonObject snapshotJson(const Source &source, const PbsSnapshotFacts &snapshot)
{
    return { { u"source"_s, source.name }, { u"datastore"_s, snapshot.datastore },
        { u"namespace"_s, snapshot.nameSpace }, { u"group"_s, snapshot.group },
        { u"time"_s, snapshot.time.toIso() }, { u"bytes"_s, orNull(snapshot.size) },
        { u"owner"_s, orNull(snapshot.owner) }, { u"comment"_s, snapshot.comment },
        { u"protected"_s, snapshot.isProtected }, { u"finished"_s, snapshot.finished },
        { u"encrypted"_s, snapshot.encrypted }, { u"verification"_s, orNull(snapshot.verification) },
        { u"files"_s, QJsonArray::fromStringList(snapshot.files) } };
}

Answer answerOf(const std::vector<Snapshots> &all, const Wanted &wanted, const QString &path, Instant now)
{
    QList<QStringList> rows;
    QJsonArray list;
    std::vector<Remark> remarks;
    std::size_t count = 0;
    for (const Snapshots &listed : all) {
        const auto more = remarksOn(listed, wanted, now);
        remarks.insert(remarks.end(), more.begin(), more.end());
        const std::size_t items = listed.answer ? listed.answer->items.size() : 0;
        count += items;
        const auto limit = static_cast<std::size_t>(wanted.limit);
        for (std::size_t i = 0; i < (limit == 0 ? items : std::min(items, limit)); ++i) {
            rows << row(listed.source, listed.answer->items[i]);
            list << snapshotJson(listed.source, listed.answer->items[i]);
        }
    }
    Answer answer;
    answer.level = worst(remarks);
    const QString summary = u"%1 backups on %2 backup servers"_s.arg(count).arg(all.size());
    const QStringList heads { u"SOURCE"_s, u"DATASTORE"_s, u"NAMESPACE"_s, u"GROUP"_s, u"TIME"_s, u"SIZE"_s,
        u"VERIFIED"_s, u"PROTECTED"_s, u"OWNER"_s, u"NOTES"_s };
    answer.text
        = levelWord(answer.level) + u": "_s + summary + u'\n' + table(heads, rows) + remarkLines(remarks);
    answer.json = heading(answer.level, summary, path, now);
    answer.json[u"count"_s] = static_cast<qint64>(count);
    answer.json[u"snapshots"_s] = list;
    answer.json[u"remarks"_s] = remarksJson(remarks);
    return answer;
}

} // namespace

QCoro::Task<Answer> pbsSnapshots(Call call, Tools tools, std::stop_token stop)
{
    const auto maxAge = durationOption(call, u"max-age"_s);
    const auto limit = numberOption(call, u"limit"_s, 0);
    if (!maxAge || !limit)
        co_return misused(!maxAge ? maxAge.error().detail : limit.error().detail);
    const auto fleet = co_await fleetOf(call, tools, stop);
    if (!fleet)
        co_return failed(fleet.error());
    const auto sources = backupServersOf(*fleet, call);
    if (!sources)
        co_return failed(sources.error());
    std::vector<QCoro::Task<Snapshots>> asked;
    for (const Source &source : *sources)
        asked.push_back(ask(source, tools, stop));
    std::vector<Snapshots> all;
    for (auto &one : asked) {
        Snapshots listed = co_await one;
        all.push_back(std::move(listed));
    }
    const Wanted wanted { *maxAge, *limit };
    co_return answerOf(all, wanted, fleetPath(call, tools), tools.clock->now());
}

} // namespace tidemark::ctl
