#include "ctl/commands.h"
#include "ctl/walcommand.h"
#include "ctl/words.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

struct Filter {
    std::optional<Instant> from;
    std::optional<Instant> to;
    QString relation;
    bool all = false;

    [[nodiscard]] bool inTime(const std::optional<Instant> &at) const
    {
        return !at || ((!from || *at >= *from) && (!to || *at < *to));
    }
    [[nodiscard]] bool named(const std::optional<RelationName> &name, const RelationFile &file) const
    {
        return file.toString() == relation
            || (name && (name->name == relation || name->toString() == relation));
    }
    [[nodiscard]] bool passes(const WalTransaction &event) const
    {
        if (!inTime(event.at) || (!all && event.kind != WalClass::Destructive))
            return false;
        return relation.isEmpty() || std::ranges::any_of(event.effects, [&](const WalEffect &effect) {
            return named(effect.relation, effect.file);
        });
    }
    [[nodiscard]] bool passes(const WalMark &mark) const
    {
        const bool often = mark.kind == WalMark::Kind::Checkpoint;
        return all && !often && relation.isEmpty() && inTime(mark.at);
    }
};

class Collected : public WalListener
{
public:
    explicit Collected(Filter filter)
        : m_filter(std::move(filter))
    {
    }
    void transaction(const WalTransaction &event) override
    {
        if (m_filter.passes(event))
            events.push_back(event);
    }
    void mark(const WalMark &mark) override
    {
        if (m_filter.passes(mark))
            marks.push_back(mark);
    }
    std::vector<WalTransaction> events;
    std::vector<WalMark> marks;

private:
    Filter m_filter;
};

Result<Filter> filterOf(const Call &call)
{
    Filter filter { {}, {}, call.options.value(u"relation"_s), call.has(u"all"_s) };
    const auto from = timeOption(call, u"from"_s, {});
    if (!from)
        return tl::unexpected(from.error());
    const auto to = timeOption(call, u"to"_s, {});
    if (!to)
        return tl::unexpected(to.error());
    if (call.has(u"from"_s))
        filter.from = *from;
    if (call.has(u"to"_s))
        filter.to = *to;
    return filter;
}

QString rowsWords(const WalEffect &effect)
{
    if (effect.rows == 0)
        return u"-"_s;
    return effect.of ? u"%1 of %2"_s.arg(effect.rows).arg(*effect.of) : QString::number(effect.rows);
}

QJsonObject effectJson(const WalEffect &effect)
{
    const auto &name = effect.relation;
    return { { u"what"_s, effectWord(effect.kind) }, { u"database"_s, orNull(effect.database) },
        { u"databaseOid"_s, qint64 { effect.file.database } },
        { u"schema"_s, name ? orNull(name->schema) : QJsonValue() },
        { u"relation"_s, name ? QJsonValue(name->name) : QJsonValue() },
        { u"oid"_s, name ? QJsonValue(qint64 { name->oid }) : QJsonValue() },
        { u"partition"_s, name && name->partition },
        { u"file"_s, effect.file.number == 0 ? QJsonValue() : QJsonValue(effect.file.toString()) },
        { u"rows"_s, effect.rows == 0 ? QJsonValue() : jsonOf(effect.rows) },
        { u"ofRows"_s, effect.of ? jsonOf(*effect.of) : QJsonValue() } };
}

QJsonObject rowsJson(const RelationRows &rows)
{
    return { { u"file"_s, rows.file.toString() },
        { u"relation"_s, rows.name ? QJsonValue(rows.name->toString()) : QJsonValue() },
        { u"inserted"_s, jsonOf(rows.inserted) }, { u"updated"_s, jsonOf(rows.updated) },
        { u"deleted"_s, jsonOf(rows.deleted) } };
}

QJsonObject eventJson(const WalTransaction &event)
{
    QJsonArray effects;
    for (const WalEffect &effect : event.effects)
        effects << effectJson(effect);
    QJsonArray rows;
    for (const RelationRows &one : event.rows)
        rows << rowsJson(one);
    return { { u"id"_s, eventId(event) }, { u"class"_s, classWord(event.kind) },
        { u"at"_s, event.at.toIso() }, { u"timeline"_s, qint64 { event.timeline.value } },
        { u"lsn"_s, event.lsn.toString() }, { u"xid"_s, qint64 { event.xid } },
        { u"database"_s, orNull(event.databaseName) }, { u"firstLsn"_s, event.first.toString() },
        { u"beginSeen"_s, event.beginSeen }, { u"subtransactions"_s, qint64 { event.subxacts } },
        { u"twoPhase"_s, orNull(event.gid) }, { u"effects"_s, effects }, { u"rows"_s, rows },
        { u"lastKept"_s, commitJson(event.previous) } };
}

QString markWord(WalMark::Kind kind)
{
    switch (kind) {
    case WalMark::Kind::Checkpoint:
        return u"checkpoint"_s;
    case WalMark::Kind::Shutdown:
        return u"shutdown"_s;
    case WalMark::Kind::RestorePoint:
        return u"restore-point"_s;
    case WalMark::Kind::ParameterChange:
        return u"parameter-change"_s;
    case WalMark::Kind::TimelineSwitch:
        return u"timeline-switch"_s;
    case WalMark::Kind::EndOfRecovery:
        return u"end-of-recovery"_s;
    case WalMark::Kind::RecordLost:
        return u"record-lost"_s;
    case WalMark::Kind::BackupEnd:
        return u"backup-end"_s;
    case WalMark::Kind::FullPageWrites:
        return u"full-page-writes"_s;
    }
    return {};
}

QString markSubject(const WalMark &mark)
{
    if (mark.from.value != 0 && mark.from != mark.timeline)
        return u"from timeline %1"_s.arg(mark.from.value);
    if (mark.kind == WalMark::Kind::ParameterChange)
        return u"max_connections %1, max_worker_processes %2, max_wal_senders %3, max_prepared_transactions "
               u"%4, "
               "max_locks_per_transaction %5, wal_level %6"_s.arg(mark.limits.maxConnections)
                   .arg(mark.limits.maxWorkerProcesses)
                   .arg(mark.limits.maxWalSenders)
                   .arg(mark.limits.maxPreparedTransactions)
                   .arg(mark.limits.maxLocksPerTransaction)
                   .arg(mark.limits.walLevel);
    return orDash(safe(mark.name));
}

QJsonObject markJson(const WalMark &mark)
{
    return { { u"what"_s, markWord(mark.kind) }, { u"at"_s, orNull(mark.at) },
        { u"timeline"_s, qint64 { mark.timeline.value } }, { u"lsn"_s, mark.lsn.toString() },
        { u"name"_s, orNull(mark.name) }, { u"about"_s, orNull(markSubject(mark)) } };
}

void addRows(WalShown &shown, const WalTransaction &event)
{
    QString id = eventId(event);
    for (const WalEffect &effect : event.effects) {
        shown.rows << QStringList { event.at.toIso(), id, QString::number(event.xid), classWord(event.kind),
            effectWord(effect.kind), rowsWords(effect), orDash(safe(effect.database)), subjectWords(effect) };
    }
}

} // namespace

QCoro::Task<Answer> walEvents(Call call, Tools tools, std::stop_token stop)
{
    const auto filter = filterOf(call);
    if (!filter)
        co_return failed(filter.error());
    const auto folder = co_await openAsked(call, call.operands, tools, stop);
    if (!folder)
        co_return failed(folder.error());
    const auto found = std::make_shared<Collected>(*filter);
    const auto reading = co_await readAsked(call, *folder, found, tools, stop);
    if (!reading)
        co_return failed(reading.error());
    WalShown shown { .summary
        = u"%1 events in %2 records"_s.arg(found->events.size()).arg(reading->stats.total().records),
        .heads
        = { u"TIME"_s, u"EVENT"_s, u"XID"_s, u"CLASS"_s, u"WHAT"_s, u"ROWS"_s, u"DATABASE"_s, u"RELATION"_s },
        .key = u"events"_s,
        .remarks = remarksOn(*folder, *reading) };
    for (const WalTransaction &event : found->events) {
        addRows(shown, event);
        shown.list << eventJson(event);
    }
    QJsonArray marks;
    for (const WalMark &mark : found->marks) {
        shown.rows << QStringList { mark.at ? mark.at->toIso() : u"-"_s,
            QString::number(mark.timeline.value) + u':' + mark.lsn.toString(), u"-"_s, u"mark"_s,
            markWord(mark.kind), u"-"_s, u"-"_s, markSubject(mark) };
        marks << markJson(mark);
    }
    shown.more[u"marks"_s] = marks;
    co_return answerOf(std::move(shown), tools.clock->now());
}

} // namespace tidemark::ctl
