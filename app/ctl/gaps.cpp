#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

QString causeWord(GapCause cause)
{
    switch (cause) {
    case GapCause::MissingWal:
        return u"missing-wal"_s;
    case GapCause::BadWal:
        return u"bad-wal"_s;
    case GapCause::LostBase:
        return u"lost-base"_s;
    case GapCause::LostHistory:
        return u"lost-history"_s;
    }
    return {};
}

void addGap(Shown &shown, const QString &cluster, const Gap &gap)
{
    shown.rows << QStringList { safe(cluster), timeWords(gap.from), gap.to ? timeWords(gap.to) : u"lasts"_s,
        causeWord(gap.cause), QString::number(gap.timeline.value), QString::number(gap.count),
        orDash(gap.firstName) };
    shown.list << QJsonObject { { u"cluster"_s, cluster }, { u"from"_s, gap.from.toIso() },
        { u"to"_s, orNull(gap.to) }, { u"cause"_s, causeWord(gap.cause) },
        { u"timeline"_s, qint64 { gap.timeline.value } }, { u"segments"_s, static_cast<qint64>(gap.count) },
        { u"firstSegment"_s, orNull(gap.firstName) } };
    const QString words = gap.to
        ? u"could not be restored from %1 to %2"_s.arg(timeWords(gap.from), timeWords(gap.to))
        : u"cannot be restored to any instant after "_s + timeWords(gap.from);
    shown.remarks.push_back({ gap.to ? Level::Warning : Level::Critical, cluster, words });
}

} // namespace

QCoro::Task<Answer> gaps(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    Shown shown { .heads
        = { u"CLUSTER"_s, u"FROM"_s, u"TO"_s, u"CAUSE"_s, u"TIMELINE"_s, u"SEGMENTS"_s, u"FIRST"_s },
        .key = u"gaps"_s,
        .remarks = seen->remarks };
    for (const ClusterInsight &cluster : seen->insight.clusters) {
        for (const Gap &gap : cluster.recoverability.gaps) {
            if (seen->concerns(cluster.name))
                addGap(shown, cluster.name, gap);
        }
    }
    shown.summary = counted(shown.rows.size(), u"gap"_s);
    co_return answerOf(*seen, std::move(shown));
}

} // namespace tidemark::ctl
