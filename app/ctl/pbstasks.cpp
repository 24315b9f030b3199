#include "ctl/commands.h"
#include "ctl/pbslist.h"
#include "ctl/table.h"
#include "ctl/words.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

using Tasks = Listed<PbsTaskFacts>;

QCoro::Task<Tasks> ask(Source source, PbsTaskFilter filter, Tools tools, std::stop_token stop)
{
    auto listed = co_await tools.backupLists->tasks(source, std::nullopt, filter, stop);
    co_return Tasks { std::move(source), std::move(listed) };
}

QString stateWord(PbsTaskState state)
{
    switch (state) {
    case PbsTaskState::Running:
        return u"running"_s;
    case PbsTaskState::Ok:
        return u"ok"_s;
    case PbsTaskState::Warnings:
        return u"warnings"_s;
    case PbsTaskState::Failed:
        return u"failed"_s;
    case PbsTaskState::Unknown:
        break;
    }
    return u"unknown"_s;
}

Level levelOfState(PbsTaskState state)
{
    switch (state) {
    case PbsTaskState::Running:
    case PbsTaskState::Ok:
        return Level::Ok;
    case PbsTaskState::Warnings:
        return Level::Warning;
    case PbsTaskState::Failed:
        return Level::Critical;
    case PbsTaskState::Unknown:
        break;
    }
    return Level::Unknown;
}

std::vector<Remark> remarksOn(const Tasks &listed)
{
    std::vector<Remark> remarks = remarksOnReach(listed);
    if (!listed.answer)
        return remarks;
    for (const PbsTaskFacts &task : listed.answer->items) {
        const Level level = levelOfState(task.state);
        if (level != Level::Ok)
            remarks.push_back({ level, listed.source.name,
                u"%1 %2 of %3: %4"_s.arg(
                    safe(task.type), safe(task.subject), timeWords(task.started), orDash(task.status)) });
    }
    return remarks;
}

QStringList row(const Source &source, const PbsTaskFacts &task)
{
    return { safe(source.name), timeWords(task.started), timeWords(task.ended), stateWord(task.state),
        safe(task.type), orDash(task.subject), safe(task.user), safe(task.status, 80) };
}

QJsonObject taskJson(const Source &source, const PbsTaskFacts &task)
{
    return { { u"source"_s, source.name }, { u"upid"_s, task.upid }, { u"type"_s, task.type },
        { u"subject"_s, task.subject }, { u"user"_s, task.user }, { u"startedAt"_s, task.started.toIso() },
        { u"endedAt"_s, orNull(task.ended) }, { u"state"_s, stateWord(task.state) },
        { u"message"_s, orNull(task.status) } };
}

Answer answerOf(const std::vector<Tasks> &all, const QString &path, Instant now)
{
    QList<QStringList> rows;
    QJsonArray list;
    std::vector<Remark> remarks;
    for (const Tasks &listed : all) {
        const auto more = remarksOn(listed);
        remarks.insert(remarks.end(), more.begin(), more.end());
        if (!listed.answer)
            continue;
        for (const PbsTaskFacts &task : listed.answer->items) {
            rows << row(listed.source, task);
            list << taskJson(listed.source, task);
        }
    }
    Answer answer;
    answer.level = worst(remarks);
    const QString summary = u"%1 tasks on %2 backup servers"_s.arg(rows.size()).arg(all.size());
    const QStringList heads { u"SOURCE"_s, u"STARTED"_s, u"ENDED"_s, u"STATE"_s, u"TYPE"_s, u"SUBJECT"_s,
        u"USER"_s, u"MESSAGE"_s };
    answer.text
        = levelWord(answer.level) + u": "_s + summary + u'\n' + table(heads, rows) + remarkLines(remarks);
    answer.json = heading(answer.level, summary, path, now);
    answer.json[u"tasks"_s] = list;
    answer.json[u"remarks"_s] = remarksJson(remarks);
    return answer;
}

Result<PbsTaskFilter> filterOf(const Call &call, Instant now)
{
    const auto since = durationOption(call, u"since"_s);
    const auto limit = numberOption(call, u"limit"_s, 50);
    if (!since)
        return tl::unexpected(since.error());
    if (!limit)
        return tl::unexpected(limit.error());
    PbsTaskFilter filter;
    filter.since = now - since->value_or(std::chrono::hours(24));
    filter.onlyTrouble = call.has(u"trouble"_s);
    filter.limit = *limit;
    return filter;
}

} // namespace

QCoro::Task<Answer> pbsTasks(Call call, Tools tools, std::stop_token stop)
{
    const auto filter = filterOf(call, tools.clock->now());
    if (!filter)
        co_return misused(filter.error().detail);
    const auto fleet = co_await fleetOf(call, tools, stop);
    if (!fleet)
        co_return failed(fleet.error());
    const auto sources = backupServersOf(*fleet, call);
    if (!sources)
        co_return failed(sources.error());
    std::vector<QCoro::Task<Tasks>> asked;
    for (const Source &source : *sources)
        asked.push_back(ask(source, *filter, tools, stop));
    std::vector<Tasks> all;
    for (auto &one : asked) {
        Tasks listed = co_await one;
        all.push_back(std::move(listed));
    }
    co_return answerOf(all, fleetPath(call, tools), tools.clock->now());
}

} // namespace tidemark::ctl
