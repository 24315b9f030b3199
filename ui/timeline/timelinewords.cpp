#include "timeline/timelinewords.h"

#include "widgets/amounts.h"
#include "widgets/figures.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

std::chrono::seconds inSeconds(std::chrono::microseconds time)
{
    return std::chrono::duration_cast<std::chrono::seconds>(time);
}

bool withinRpo(const ReadoutRow &row)
{
    return row.objectives.rpo && row.answer.lost <= *row.objectives.rpo;
}

QString unlessEmpty(const QStringList &parts)
{
    QStringList kept = parts;
    kept.removeAll(QString());
    return kept.join(u" · "_s);
}

} // namespace

Glyph glyphOf(const ClusterInsight *insight)
{
    if (!insight)
        return Glyph::Unknown;
    switch (insight->standing) {
    case ClusterStanding::Nothing:
    case ClusterStanding::Lapsed:
        return Glyph::Failed;
    case ClusterStanding::Late:
    case ClusterStanding::Unproven:
        return Glyph::Attention;
    case ClusterStanding::Unread:
        return Glyph::Unknown;
    case ClusterStanding::Restorable:
    case ClusterStanding::Met:
        return Glyph::Ok;
    }
    return Glyph::Unknown;
}

QString TimelineWords::reach(const Recoverability &known) const
{
    if (!known.oldest || !known.newest)
        return tr("nothing can be restored");
    const Clocks &clocks = *m_context.clocks;
    const auto age = inSeconds(m_context.clock->now() - *known.newest);
    //: from the oldest to the newest restorable instant
    return tr("%1 → %2").arg(clocks.inTable(*known.oldest), agoWords(age));
}

QString TimelineWords::note(const Gap &gap) const
{
    const QString since = m_context.clocks->inTable(gap.from);
    switch (gap.cause) {
    case GapCause::MissingWal:
        return tr("WAL gap: segment %1 missing since %2").arg(gap.firstName, since);
    case GapCause::BadWal:
        return tr("WAL gap: segment %1 cannot be used, since %2").arg(gap.firstName, since);
    case GapCause::LostBase:
        return tr("No base backup to start from since %1").arg(since);
    case GapCause::LostHistory:
        return tr("History file of timeline %1 is missing since %2").arg(gap.timeline.value).arg(since);
    }
    return {};
}

LaneWords TimelineWords::lane(const Cluster &cluster, const ClusterInsight *insight) const
{
    LaneWords words;
    words.name = oneLine(cluster.name);
    words.environment = cluster.environment;
    words.glyph = glyphOf(insight);
    const Objectives &aims = cluster.objectives;
    words.objectives = unlessEmpty({ aims.rpo ? tr("RPO %1").arg(durationWords(*aims.rpo)) : QString(),
        aims.rto ? tr("RTO %1").arg(durationWords(*aims.rto)) : QString() });
    //: %1 is the number of a timeline
    words.band = tr("Any instant · timeline %1");
    if (!insight || insight->standing == ClusterStanding::Unread) {
        words.reach = tr("not read yet");
    } else {
        words.reach = reach(insight->recoverability);
        words.lapsed = words.glyph == Glyph::Failed;
        if (!insight->recoverability.gaps.empty())
            words.note = note(insight->recoverability.gaps.back());
    }
    words.spoken = unlessEmpty({ words.name, glyphWords(words.glyph), words.reach, words.note });
    return words;
}

QString TimelineWords::flag(Instant instant) const
{
    return QLocale().toString(m_context.clocks->at(instant), u"ddd d MMM HH:mm"_s);
}

QString TimelineWords::now(Instant instant) const
{
    return tr("now %1 %2")
        .arg(m_context.clocks->at(instant).toString(u"HH:mm"_s),
            m_context.clocks->shortZone(instant, m_context.clocks->active()));
}

QString TimelineWords::artifact(const ArtifactFact &artifact) const
{
    const auto at = momentOf(artifact);
    const QString when = at ? m_context.clocks->inTable(*at) : tr("of unknown time");
    switch (artifact.kind) {
    case ArtifactKind::Dump:
        return artifact.database.isEmpty() ? tr("dump %1").arg(when)
                                           : tr("dump of %1, %2").arg(oneLine(artifact.database), when);
    case ArtifactKind::Globals:
        return tr("globals %1").arg(when);
    case ArtifactKind::VmSnapshot:
        return tr("snapshot %1").arg(when);
    case ArtifactKind::BaseBackup:
        break;
    }
    if (artifact.method == Method::Incremental)
        return tr("incremental %1").arg(when);
    return artifact.method == Method::Differential ? tr("differential %1").arg(when)
                                                   : tr("full %1").arg(when);
}

QStringList TimelineWords::headers() const
{
    const QString zone = m_context.clocks->zoneWords(m_context.clock->now());
    return { tr("Cluster"), tr("Can it be restored?"), tr("You would get (%1)").arg(zone), tr("Lost work"),
        tr("From"), tr("Est. / RTO") };
}

// A window that still grows only lacks what has not arrived yet; within the RPO that is as promised.
Cell TimelineWords::earlier(const ReadoutRow &row) const
{
    Cell cell;
    if (row.withWal && row.grows) {
        cell.text = tr("Yes, up to just before");
        cell.standing = withinRpo(row) ? Standing::Quiet : Standing::Attention;
    } else if (row.withWal) {
        cell.text = tr("No. Nearest is earlier");
        cell.standing = Standing::Failed;
    } else {
        cell.text = tr("Only an earlier point");
        cell.standing = withinRpo(row) ? Standing::Quiet : Standing::Attention;
    }
    return cell;
}

Cell TimelineWords::restorable(const ReadoutRow &row) const
{
    Cell cell;
    if (!row.known) {
        cell.text = tr("Not read yet");
        cell.standing = Standing::Unknown;
        return cell;
    }
    switch (row.answer.kind) {
    case Answer::Kind::Exact:
        cell.text = row.withWal ? tr("Yes, this exact instant") : tr("Yes, this point");
        cell.standing = row.confidence == Confidence::Proven ? Standing::Ok : Standing::Quiet;
        break;
    case Answer::Kind::Earlier:
        return earlier(row);
    case Answer::Kind::Nothing:
        cell.text = row.next ? tr("No. Nearest is later") : tr("No");
        cell.standing = Standing::Failed;
        break;
    }
    cell.tip = row.answer.kind == Answer::Kind::Nothing ? QString() : wordFor(row.confidence);
    return cell;
}

Cell TimelineWords::get(const ReadoutRow &row) const
{
    Cell cell;
    if (row.known && row.answer.kind != Answer::Kind::Nothing) {
        cell.text = m_context.clocks->at(row.answer.at).toString(u"d MMM HH:mm:ss"_s);
        cell.tip = m_context.clocks->both(row.answer.at);
    } else if (row.next) {
        cell.text = m_context.clocks->at(*row.next).toString(u"d MMM HH:mm:ss"_s);
        cell.tip = tr("Later than asked: the first instant that can be restored");
    } else {
        cell.text = tr("nothing");
    }
    return cell;
}

Cell TimelineWords::lost(const ReadoutRow &row) const
{
    Cell cell;
    if (!row.known)
        return cell;
    switch (row.answer.kind) {
    case Answer::Kind::Exact:
        cell.text = tr("none", "lost work");
        break;
    case Answer::Kind::Earlier:
        cell.text = durationWords(inSeconds(row.answer.lost));
        cell.standing = row.objectives.rpo && !withinRpo(row) ? Standing::Failed : Standing::None;
        break;
    case Answer::Kind::Nothing:
        cell.text = tr("everything");
        cell.standing = Standing::Failed;
        break;
    }
    return cell;
}

Cell TimelineWords::from(const ReadoutRow &row) const
{
    Cell cell;
    if (row.from)
        cell.text = row.withWal ? tr("%1 + WAL").arg(artifact(*row.from)) : artifact(*row.from);
    return cell;
}

Cell TimelineWords::cell(const ReadoutRow &row, int column) const
{
    Cell cell;
    switch (ReadoutModel::Column(column)) {
    case ReadoutModel::Column::Cluster:
        cell.text = oneLine(row.cluster);
        break;
    case ReadoutModel::Column::Restorable:
        return restorable(row);
    case ReadoutModel::Column::Get:
        return get(row);
    case ReadoutModel::Column::Lost:
        return lost(row);
    case ReadoutModel::Column::From:
        return from(row);
    case ReadoutModel::Column::Rto:
        cell.text = tr("not measured");
        if (row.objectives.rto)
            cell.aside = tr("/ %1").arg(tightDuration(*row.objectives.rto));
        break;
    case ReadoutModel::Column::Count:
        break;
    }
    return cell;
}

} // namespace tidemark
