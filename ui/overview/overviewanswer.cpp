#include "overview/overviewwords.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

const Gap *lastingGap(const ClusterInsight &insight)
{
    const auto &gaps = insight.recoverability.gaps;
    const auto found = std::find_if(gaps.rbegin(), gaps.rend(), [](const Gap &gap) { return !gap.to; });
    return found == gaps.rend() ? nullptr : &*found;
}

bool byPoints(const OverviewRow &row)
{
    return row.insight->risk.basis == RiskBasis::Points;
}

} // namespace

QString pointWords(const Recoverability &found)
{
    const auto newest = newestPoint(found);
    if (!newest)
        return {};
    switch (newest->kind) {
    case ArtifactKind::Dump:
    case ArtifactKind::Globals:
        return OverviewWords::tr("dumps");
    case ArtifactKind::VmSnapshot:
        return OverviewWords::tr("snapshots");
    case ArtifactKind::BaseBackup:
        break;
    }
    return OverviewWords::tr("backups");
}

QString OverviewWords::lapsedWords(const ClusterInsight &insight) const
{
    const Gap *gap = lastingGap(insight);
    if (!gap)
        return tr("nothing newer is there");
    const QString age = durationWords(since(gap->from));
    switch (gap->cause) {
    case GapCause::MissingWal:
        return tr("WAL broken for %1").arg(age);
    case GapCause::BadWal:
        return tr("WAL damaged for %1").arg(age);
    case GapCause::LostBase:
        return tr("no base backup for %1").arg(age);
    case GapCause::LostHistory:
        return tr("history file lost for %1").arg(age);
    }
    return {};
}

QString OverviewWords::lateWords(const OverviewRow &row) const
{
    const ObjectiveStanding *rpo = row.objective(ObjectiveKind::Rpo);
    if (!rpo || !rpo->measured)
        return tr("over its RPO");
    return tr("%1 over its RPO").arg(durationWords(std::chrono::seconds(*rpo->measured - rpo->limit)));
}

// How sure it is, and since when: never more than was checked.
QString OverviewWords::sureWords(const OverviewRow &row) const
{
    switch (row.insight->confidence) {
    case Confidence::Claimed:
        return tr("claimed: listed, not checked");
    case Confidence::Aged:
        return tr("checked too long ago");
    case Confidence::Verified:
        return row.objectives.rpo ? tr("verified, not yet restored") : tr("verified; no RPO is set");
    case Confidence::Proven:
        return row.insight->provenAt ? tr("restored %1").arg(ago(*row.insight->provenAt)) : tr("restored");
    }
    return {};
}

// Restorable, but a promise about the restore itself is broken; empty when none is.
Cell OverviewWords::slowOrOld(const OverviewRow &row) const
{
    Cell cell;
    const auto beyond = [&](ObjectiveKind kind) {
        const ObjectiveStanding *standing = row.objective(kind);
        return durationWords(std::chrono::seconds(standing->measured.value_or(0) - standing->limit));
    };
    if (row.breaks(ObjectiveKind::Rto)) {
        cell.text = tr("Yes, but too slowly");
        cell.detail = tr("%1 over its RTO").arg(beyond(ObjectiveKind::Rto));
    } else if (row.breaks(ObjectiveKind::ProofAge)) {
        cell.text = tr("Yes, proof is old");
        cell.detail = tr("test overdue by %1").arg(beyond(ObjectiveKind::ProofAge));
    }
    return cell;
}

Cell OverviewWords::answer(const OverviewRow &row) const
{
    Cell cell;
    cell.standing = answerStanding(row.insight.get());
    if (!row.insight && row.hasSource) { // being read: a skeleton
        cell.standing = Standing::Running;
        return cell;
    }
    if (!row.isKnown()) {
        cell.text = row.hasSource ? tr("Not read yet") : tr("Not known");
        cell.detail = row.hasSource ? tr("no source has answered") : tr("no source is named for it");
        return cell;
    }
    const ClusterInsight &insight = *row.insight;
    const auto newest = insight.recoverability.newest;
    switch (insight.standing) {
    case ClusterStanding::Nothing:
        cell.text = tr("No");
        cell.detail = tr("no usable backup was found");
        return cell;
    case ClusterStanding::Lapsed:
        cell.text = newest ? tr("Not past %1", "a time").arg(moment(*newest)) : tr("No");
        cell.detail = lapsedWords(insight);
        return cell;
    case ClusterStanding::Late:
        cell.text = newest ? tr("Only to %1", "a time").arg(moment(*newest)) : tr("Not up to now");
        cell.detail = lateWords(row);
        return cell;
    case ClusterStanding::Unproven:
        cell.text = tr("Yes, when last read");
        cell.detail = insight.risk.repositoryReadAt
            ? tr("repository read %1").arg(ago(*insight.risk.repositoryReadAt))
            : tr("not looked into lately");
        return cell;
    case ClusterStanding::Restorable:
    case ClusterStanding::Met:
    case ClusterStanding::Unread:
        break;
    }
    if (Cell broken = slowOrOld(row); !broken.text.isEmpty()) {
        broken.standing = cell.standing;
        return broken;
    }
    if (byPoints(row) && newest)
        cell.text
            = tr("Only to %1 %2", "a time or a day, then dumps or snapshots")
                  .arg(isToday(*newest) ? moment(*newest) : day(*newest), pointWords(insight.recoverability));
    else
        cell.text = insight.confidence == Confidence::Aged ? tr("Yes, proof is old")
            : insight.confidence == Confidence::Claimed    ? tr("Yes, as listed")
                                                           : tr("Yes, to the second");
    cell.detail = sureWords(row);
    return cell;
}

} // namespace tidemark
