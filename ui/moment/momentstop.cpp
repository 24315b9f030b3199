#include "moment/momentstop.h"

#include "recovery/recipe.h"
#include "values/settingvalue.h"
#include "wal/verdict.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace tidemark {

QStringList recoverySettings(const MomentStop &stop)
{
    QStringList lines;
    const auto set
        = [&](const QString &name, const QString &value) { lines << name + u" = "_s + settingValue(value); };
    switch (stop.by) {
    case MomentStop::By::Transaction:
    case MomentStop::By::Lsn:
        set(u"recovery_target_lsn"_s, stop.before.toString());
        break;
    case MomentStop::By::Time:
        set(u"recovery_target_time"_s, targetTime(stop.at));
        break;
    case MomentStop::By::RestorePoint:
        set(u"recovery_target_name"_s, stop.name);
        break;
    }
    if (stop.by != MomentStop::By::RestorePoint)
        lines << u"recovery_target_inclusive = off"_s;
    set(u"recovery_target_timeline"_s, QString::number(stop.timeline.value));
    set(u"recovery_target_action"_s, u"pause"_s);
    return lines;
}

std::vector<WalCommit> commitsOf(const std::vector<WalEndTold> &near)
{
    std::vector<WalCommit> commits;
    for (const WalEndTold &end : near)
        if (end.committed)
            commits.push_back(end.end);
    return commits;
}

std::optional<WalCommit> commitBefore(const std::vector<WalEndTold> &near, Lsn lsn)
{
    std::optional<WalCommit> found;
    for (const WalCommit &commit : commitsOf(near))
        if (commit.lsn < lsn)
            found = commit;
    return found;
}

static std::optional<WalCommit> firstThat(const std::vector<WalEndTold> &near, const auto &holds)
{
    const auto commits = commitsOf(near);
    const auto found = std::ranges::find_if(commits, holds);
    return found == commits.end() ? std::nullopt : std::optional(*found);
}

std::optional<WalCommit> commitFrom(const std::vector<WalEndTold> &near, Lsn lsn)
{
    return firstThat(near, [&](const WalCommit &commit) { return commit.lsn >= lsn; });
}

std::optional<WalCommit> lastCommitBefore(const MomentLine &line, Lsn lsn)
{
    std::optional<WalCommit> found;
    for (const auto &piece : line.pieces)
        if (piece->lastCommit && piece->lastCommit->lsn < lsn)
            found = piece->lastCommit;
    return found;
}

std::optional<WalCommit> firstNotBefore(const std::vector<WalEndTold> &near, Instant time)
{
    return firstThat(near, [&](const WalCommit &commit) { return commit.at >= time; });
}

std::optional<SegmentRange> segmentsAround(const MomentLine &line, Instant time)
{
    for (const auto &piece : line.pieces)
        if (!piece->seconds.empty() && piece->lastCommit
            && piece->seconds.back().first + std::chrono::seconds(1) > time && piece->lastCommit->at >= time)
            return SegmentRange { piece->first, SegmentNumber::of(piece->lastCommit->lsn, line.segmentSize) };
    return {};
}

std::vector<const WalMark *> restorePoints(const MomentLine &line)
{
    std::vector<const WalMark *> points;
    for (const auto &piece : line.pieces)
        for (const WalMark &mark : piece->marks)
            if (mark.kind == WalMark::Kind::RestorePoint)
                points.push_back(&mark);
    return points;
}

int relationsOf(const std::vector<const WalTransaction *> &undone)
{
    std::set<QString> relations;
    for (const WalTransaction *one : undone)
        for (const WalEffect &effect : one->effects)
            if (Verdict::classOf(effect) == WalClass::Destructive)
                relations.insert(effect.relation ? effect.relation->toString() : effect.file.toString());
    return int(relations.size());
}

} // namespace tidemark
