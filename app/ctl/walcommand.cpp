#include "ctl/walcommand.h"

#include "ctl/table.h"
#include "ctl/words.h"
#include "fleet/fleet.h"
#include "sources/basenames.h"
#include "unpack/zstdblock.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

std::vector<QByteArray> absolute(const QStringList &paths)
{
    std::vector<QByteArray> all;
    for (const QString &path : paths)
        all.push_back(QFile::encodeName(QDir::cleanPath(QDir::current().absoluteFilePath(path))));
    return all;
}

std::uint32_t sizeOf(const WalFolder &folder)
{
    return folder.segmentSize == 0 ? DefaultSegmentSize : folder.segmentSize;
}

QString gapWords(const WalFolder &folder, const WalGapBetween &gap)
{
    const QString first = segmentName(gap.timeline, gap.first, sizeOf(folder));
    if (gap.first == gap.last)
        return u"segment %1 is missing"_s.arg(first);
    return u"segments %1 to %2 are missing (%3)"_s
        .arg(first, segmentName(gap.timeline, gap.last, sizeOf(folder)))
        .arg(gap.last.value - gap.first.value + 1);
}

Remark faultRemark(const WalFileRead &file)
{
    const WalContents::Fault &fault = *file.contents.fault;
    return { Level::Critical, safe(QFile::decodeName(file.path), 400),
        u"%1 at byte %2: %3"_s.arg(faultWord(fault.fault)).arg(fault.offset).arg(safe(fault.words)) };
}

// A timeline begins with the segment in which it left its parent.
std::optional<Remark> originRemark(const WalFolder &folder, const WalLeg &leg)
{
    const QString subject = u"timeline %1"_s.arg(leg.timeline.value);
    if (leg.history.switches.empty()) {
        if (leg.timeline.value <= 1)
            return {};
        return Remark { Level::Warning, subject,
            u"its history file is missing: which timeline it left, and where, is not known"_s };
    }
    const auto first = SegmentNumber::of(leg.history.switches.back().at, sizeOf(folder));
    if (leg.files.front().number <= first)
        return {};
    return Remark { Level::Critical, subject,
        gapWords(folder, { leg.timeline, first, { leg.files.front().number.value - 1 } }) };
}

} // namespace

QCoro::Task<Result<WalFolder>> openAsked(Call call, QStringList paths, Tools tools, std::stop_token stop)
{
    const Host here;
    const auto reader = tools.hosts->of(here);
    const auto bytes = absolute(paths);
    std::optional<bool> live;
    if (call.has(u"live"_s))
        live = true;
    auto folder = co_await openWal(reader, bytes, live, stop);
    if (!folder)
        co_return tl::unexpected(std::move(folder).error());
    if (folder->plan.empty())
        co_return failure(
            ErrorKind::NotFound, u"ctl.no-wal"_s, u"no WAL segment is there: "_s + paths.join(u", "_s));
    co_return folder;
}

QCoro::Task<Result<std::vector<Relation>>> namesAsked(Call call, Tools tools, std::stop_token stop)
{
    const QString cluster = call.options.value(u"cluster"_s);
    if (cluster.isEmpty())
        co_return std::vector<Relation>();
    auto fleet = co_await fleetOf(call, tools, stop);
    if (!fleet)
        co_return tl::unexpected(std::move(fleet).error());
    auto store = co_await tools.openStore(stop);
    if (!store)
        co_return tl::unexpected(std::move(store).error());
    const std::optional<Instant> newest;
    auto copy = co_await store->catalogue->serverCopy(fleet->name, cluster, newest, stop);
    if (!copy)
        co_return tl::unexpected(std::move(copy).error());
    if (!*copy)
        co_return failure(ErrorKind::NotFound, u"ctl.no-copy"_s,
            u"nothing is kept of a cluster named %1: the console copies a server's catalogue once a day"_s
                .arg(cluster));
    std::vector<Relation> relations = std::move((*copy)->relations);
    co_return relations;
}

QCoro::Task<Result<WalReading>> readAsked(
    Call call, WalFolder folder, std::shared_ptr<WalListener> listener, Tools tools, std::stop_token stop)
{
    WalStory::Options options;
    const auto minRows = numberOption(call, u"min-rows"_s, 100);
    if (!minRows)
        co_return tl::unexpected(minRows.error());
    options.rules.minRows = static_cast<std::uint64_t>(*minRows);
    options.zstd = unpackZstdFrame;
    const auto names = co_await namesAsked(call, tools, stop);
    if (!names)
        co_return tl::unexpected(names.error());
    WalStory story(*listener, options);
    if (call.has(u"names-from"_s)) {
        const auto base = absolute({ call.options.value(u"names-from"_s) });
        const Host here;
        const auto reader = tools.hosts->of(here);
        auto learned = co_await learnBase(reader, base.front(), story, stop);
        if (!learned)
            co_return tl::unexpected(std::move(learned).error());
        story = *std::move(learned);
    }
    story.learn(*names);
    auto reading = co_await readWal(folder, story, listener, stop);
    co_return reading;
}

std::vector<Remark> remarksOn(const WalFolder &folder, const WalReading &reading)
{
    std::vector<Remark> remarks;
    for (const WalFileRead &file : reading.files)
        if (file.contents.fault)
            remarks.push_back(faultRemark(file));
    for (const WalGapBetween &gap : reading.gaps)
        remarks.push_back(
            { Level::Critical, u"timeline %1"_s.arg(gap.timeline.value), gapWords(folder, gap) });
    for (const WalLeg &leg : folder.plan)
        if (auto remark = originRemark(folder, leg))
            remarks.push_back(*std::move(remark));
    for (const WalTrouble &trouble : folder.troubles)
        remarks.push_back({ Level::Critical, safe(trouble.name, 400), safe(trouble.detail) });
    if (reading.unreadable > 0)
        remarks.push_back({ Level::Warning, u"records"_s,
            u"%1 have headers that do not add up, nothing is told of them"_s.arg(reading.unreadable) });
    return remarks;
}

Answer answerOf(WalShown shown, Instant now)
{
    Answer answer;
    answer.level = worst(shown.remarks);
    answer.text = levelWord(answer.level) + u": "_s + shown.summary + u'\n' + shown.text
        + table(shown.heads, shown.rows) + remarkLines(shown.remarks);
    answer.json = { { u"status"_s, levelWord(answer.level) }, { u"summary"_s, shown.summary },
        { u"checkedAt"_s, now.toIso() } };
    for (auto one = shown.more.begin(); one != shown.more.end(); ++one)
        answer.json[one.key()] = one.value();
    if (!shown.key.isEmpty())
        answer.json[shown.key] = shown.list;
    answer.json[u"remarks"_s] = remarksJson(shown.remarks);
    return answer;
}

QString eventId(const WalTransaction &event)
{
    return QString::number(event.timeline.value) + u':' + event.lsn.toString();
}

QString effectWord(WalEffectKind kind)
{
    switch (kind) {
    case WalEffectKind::DeletedRows:
        return u"deleted-rows"_s;
    case WalEffectKind::UpdatedRows:
        return u"updated-rows"_s;
    case WalEffectKind::Truncated:
        return u"truncated"_s;
    case WalEffectKind::Dropped:
        return u"dropped"_s;
    case WalEffectKind::DroppedColumn:
        return u"dropped-column"_s;
    case WalEffectKind::DroppedDatabase:
        return u"dropped-database"_s;
    case WalEffectKind::Rewritten:
        return u"rewritten"_s;
    case WalEffectKind::MovedDatabase:
        return u"moved-database"_s;
    case WalEffectKind::Created:
        return u"created"_s;
    case WalEffectKind::Renamed:
        return u"renamed"_s;
    case WalEffectKind::Altered:
        return u"altered"_s;
    case WalEffectKind::CreatedDatabase:
        return u"created-database"_s;
    case WalEffectKind::ChangedTablespaces:
        return u"changed-tablespaces"_s;
    }
    return {};
}

QString classWord(WalClass kind)
{
    switch (kind) {
    case WalClass::Harmless:
        return u"harmless"_s;
    case WalClass::Change:
        return u"change"_s;
    case WalClass::Rewrite:
        return u"rewrite"_s;
    case WalClass::Destructive:
        return u"destructive"_s;
    case WalClass::Pending:
        return u"pending"_s;
    case WalClass::RolledBack:
        return u"rolled-back"_s;
    }
    return {};
}

QString faultWord(WalFault fault)
{
    switch (fault) {
    case WalFault::Empty:
        return u"empty"_s;
    case WalFault::WrongSize:
        return u"wrong-size"_s;
    case WalFault::Foreign:
        return u"foreign"_s;
    case WalFault::Misnamed:
        return u"misnamed"_s;
    case WalFault::BadPage:
        return u"bad-page"_s;
    case WalFault::BadChecksum:
        return u"bad-checksum"_s;
    case WalFault::Unreadable:
        return u"unreadable"_s;
    case WalFault::BadHistory:
        return u"bad-history"_s;
    }
    return {};
}

QString relationWords(const std::optional<RelationName> &name, const RelationFile &file)
{
    return name ? safe(name->toString()) : u"file "_s + file.toString();
}

QString subjectWords(const WalEffect &effect)
{
    switch (effect.kind) {
    case WalEffectKind::DroppedDatabase:
    case WalEffectKind::MovedDatabase:
    case WalEffectKind::CreatedDatabase:
        return effect.database.isEmpty() ? u"database "_s + QString::number(effect.file.database)
                                         : safe(effect.database);
    case WalEffectKind::ChangedTablespaces:
        return u"-"_s;
    default:
        return relationWords(effect.relation, effect.file);
    }
}

QJsonValue jsonOf(std::uint64_t count)
{
    return static_cast<qint64>(count);
}

QJsonValue commitJson(const std::optional<WalCommit> &commit)
{
    if (!commit)
        return {};
    return QJsonObject { { u"lsn"_s, commit->lsn.toString() }, { u"xid"_s, qint64 { commit->xid } },
        { u"at"_s, commit->at.toIso() } };
}

QString commitWords(const std::optional<WalCommit> &commit)
{
    return commit
        ? u"%1, transaction %2, at %3"_s.arg(commit->at.toIso()).arg(commit->xid).arg(commit->lsn.toString())
        : u"none"_s;
}

} // namespace tidemark::ctl
