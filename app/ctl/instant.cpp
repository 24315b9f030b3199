#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"
#include "insight/objectives.h"
#include "insight/restorepath.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

QString answerWord(const RestorePath &path)
{
    switch (path.answer.kind) {
    case tidemark::Answer::Kind::Exact:
        return u"exact"_s;
    case tidemark::Answer::Kind::Earlier:
        return u"earlier"_s;
    case tidemark::Answer::Kind::Nothing:
        return u"nothing"_s;
    }
    return {};
}

std::chrono::seconds lostOf(const RestorePath &path)
{
    return std::chrono::duration_cast<std::chrono::seconds>(path.answer.lost);
}

struct Told {
    const Look &look;
    const ClusterInsight &cluster;
    const ClusterFacts &facts;
    Objectives objectives;
    RestorePath path;

    [[nodiscard]] bool nothing() const { return path.answer.kind == tidemark::Answer::Kind::Nothing; }
    [[nodiscard]] const ArtifactFact &artifact(qint32 index) const
    {
        return facts.artifacts[std::size_t(index)];
    }
};

QJsonValue walJson(const Told &told)
{
    if (!told.path.wal)
        return {};
    const WalStretch &wal = *told.path.wal;
    return QJsonObject { { u"source"_s, told.facts.archives[std::size_t(wal.archive)].source },
        { u"fromLsn"_s, wal.from.toString() }, { u"toLsn"_s, wal.to.toString() },
        { u"firstSegment"_s, wal.first }, { u"lastSegment"_s, wal.last },
        { u"segments"_s, qint64(wal.segments) }, { u"timeline"_s, qint64 { wal.timeline.value } } };
}

QJsonObject jsonOf(const Told &told)
{
    QJsonArray chain;
    for (const qint32 index : told.path.chain)
        chain << QJsonObject { { u"source"_s, told.look.sourceName(told.artifact(index).source) },
            { u"artifact"_s, told.artifact(index).id } };
    const bool nothing = told.nothing();
    return { { u"cluster"_s, told.cluster.name }, { u"answer"_s, answerWord(told.path) },
        { u"at"_s, nothing ? QJsonValue() : told.path.answer.at.toIso() },
        { u"lostSeconds"_s, nothing ? QJsonValue() : qint64 { lostOf(told.path).count() } },
        { u"next"_s, orNull(told.path.next) },
        { u"confidence"_s, nothing ? QJsonValue() : confidenceWord(told.path.confidence) },
        { u"kind"_s, told.path.kind ? QJsonValue(artifactKindWord(*told.path.kind)) : QJsonValue() },
        { u"partly"_s, told.path.partly }, { u"artifacts"_s, chain }, { u"wal"_s, walJson(told) } };
}

QString chainWords(const Told &told)
{
    QStringList ids;
    for (const qint32 index : told.path.chain)
        ids << safe(told.artifact(index).id);
    return ids.isEmpty() ? u"-"_s : ids.join(u" + "_s);
}

QString walWords(const Told &told)
{
    if (!told.path.wal)
        return u"-"_s;
    const WalStretch &wal = *told.path.wal;
    return wal.segments == 1 ? wal.first
                             : u"%1 to %2 (at most %3)"_s.arg(wal.first, wal.last).arg(wal.segments);
}

void addRow(Shown &shown, const Told &told)
{
    const bool nothing = told.nothing();
    shown.rows << QStringList { safe(told.cluster.name), answerWord(told.path),
        nothing ? u"-"_s : timeWords(told.path.answer.at), nothing ? u"-"_s : secondsWords(lostOf(told.path)),
        nothing ? u"-"_s : confidenceWord(told.path.confidence), chainWords(told), walWords(told) };
    shown.list << jsonOf(told);
}

// A window that grows only lacks what has not arrived yet, and within the RPO that is as promised.
void addRemark(Shown &shown, const Told &told)
{
    const auto say = [&](Level level, const QString &text) {
        shown.remarks.push_back({ level, told.cluster.name, text });
    };
    if (told.cluster.standing == ClusterStanding::Unread)
        return say(Level::Unknown, u"no source of it has been read"_s);
    if (told.nothing())
        return say(Level::Critical,
            told.path.next
                ? u"nothing of then, and nothing before; the first instant is "_s + timeWords(told.path.next)
                : u"nothing can be restored"_s);
    const auto &rpo = told.objectives.rpo;
    if (told.path.answer.kind == tidemark::Answer::Kind::Earlier && (!rpo || lostOf(told.path) > *rpo))
        say(Level::Warning, u"not that instant: "_s + secondsWords(lostOf(told.path)) + u" are lost"_s);
}

} // namespace

QCoro::Task<Answer> instant(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    const auto asked = call.has(u"at"_s) ? Instant::parse(call.options[u"at"_s]) : seen->now;
    if (!asked)
        co_return misused(u"--at must be a time with its zone: 2026-11-18T16:20:00Z"_s);
    Shown shown { .heads
        = { u"CLUSTER"_s, u"ANSWER"_s, u"INSTANT"_s, u"LOST"_s, u"CONFIDENCE"_s, u"ARTIFACTS"_s, u"WAL"_s },
        .key = u"answers"_s,
        .remarks = seen->remarks };
    int exact = 0;
    for (std::size_t at = 0; at < seen->insight.clusters.size(); ++at) {
        const ClusterInsight &cluster = seen->insight.clusters[at];
        if (!seen->concerns(cluster.name))
            continue;
        const ClusterFacts &facts = seen->facts.cluster(cluster.name);
        Told told { *seen, cluster, facts, objectivesOf(seen->fleet.clusters[at], seen->fleet), {} };
        const StartingPoints starts(facts, cluster.recoverability, told.objectives, seen->now);
        told.path = restorePath(facts, cluster.recoverability, starts, *asked);
        exact += told.path.answer.kind == tidemark::Answer::Kind::Exact ? 1 : 0;
        addRow(shown, told);
        addRemark(shown, told);
    }
    shown.summary = u"%1: %2 of %3 clusters can be brought back to this instant"_s.arg(timeWords(*asked))
                        .arg(exact)
                        .arg(shown.rows.size());
    co_return answerOf(*seen, std::move(shown));
}

} // namespace tidemark::ctl
