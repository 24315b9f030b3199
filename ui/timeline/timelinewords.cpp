#include "timeline/timelinewords.h"

#include "items/overviewmodel.h"
#include "recovery/recipetext.h"
#include "widgets/amounts.h"
#include "widgets/figures.h"
#include "widgets/marks.h"

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
    return row.objectives.rpo && row.path.answer.lost <= *row.objectives.rpo;
}

QString unlessEmpty(const QStringList &parts)
{
    QStringList kept = parts;
    kept.removeAll(QString());
    return kept.join(u" · "_s);
}

// Good is only what was checked, as in the list of clusters.
Standing sureness(Confidence confidence)
{
    if (confidence == Confidence::Proven)
        return Standing::Ok;
    return confidence == Confidence::Verified ? Standing::Quiet : Standing::Attention;
}

} // namespace

QString TimelineWords::reach(const Recoverability &known) const
{
    if (!known.oldest || !known.newest)
        return tr("nothing can be restored");
    const Clocks &clocks = *m_context.clocks;
    const auto age = inSeconds(m_context.clock->now() - *known.newest);
    const bool longAgo = m_context.clock->now() - *known.oldest > std::chrono::days(14);
    const QString since = clocks.inTable(*known.oldest);
    //: from the oldest to the newest restorable instant, and how long ago that is
    return tr("%1 → %2 ago").arg(longAgo ? since.section(u' ', 0, -2) : since, tightDuration(age));
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

QString TimelineWords::marks(Marker marker, int count)
{
    switch (marker) {
    case Marker::Full:
        return tr("%n full backups", nullptr, count);
    case Marker::BaseBackup:
        return tr("%n base backups", nullptr, count);
    case Marker::Differential:
        return tr("%n differentials", nullptr, count);
    case Marker::Incremental:
        return tr("%n increments", nullptr, count);
    case Marker::Dump:
        return tr("%n dumps", nullptr, count);
    case Marker::Snapshot:
        return tr("%n snapshots", nullptr, count);
    default:
        return tr("%n backups", nullptr, count);
    }
}

QString TimelineWords::switchOver(const LaneSwitch &one) const
{
    const QString words = one.aside
        //: %1 and %2 are numbers of timelines, %3 a time
        ? tr("timeline %1 to %2 at %3, left aside")
        : tr("timeline %1 to %2 at %3");
    return words.arg(one.from.value).arg(one.to.value).arg(m_context.clocks->inTable(one.at));
}

ItemWords TimelineWords::windowItem(const TimelineItem &item, const std::vector<Window> &windows) const
{
    const Window &window = windows[std::size_t(item.index)];
    Confidence least = window.confidence;
    for (std::size_t i = 1; i < item.count; ++i)
        least = std::min(least, windows[std::size_t(item.index) + i].confidence);
    ItemWords words;
    words.what = tr("Any instant");
    words.state = wordFor(least);
    words.standing = least == Confidence::Proven ? Standing::Ok : Standing::Quiet;
    words.details = item.count > 1 ? tr("%n windows", nullptr, int(item.count))
        : window.open              ? tr("timeline %1, still growing").arg(window.timeline.value)
                                   : tr("timeline %1").arg(window.timeline.value);
    return words;
}

ItemWords TimelineWords::markItem(
    const TimelineItem &item, const MarkRow &row, const ClusterFacts &facts) const
{
    ItemWords words;
    words.what = marks(row.marker(), int(item.count));
    words.standing = item.bad > 0 ? Standing::Failed : Standing::Quiet;
    //: of backups; every other one of them is whole
    words.state = item.bad > 0 ? tr("%n cannot be used", nullptr, int(item.bad)) : tr("complete");
    const auto artifact = std::size_t(row.row(item.first));
    if (item.count > 1 || artifact >= facts.artifacts.size())
        return words;
    const ArtifactFact &one = facts.artifacts[artifact];
    const QString quiet = one.kind == ArtifactKind::VmSnapshot ? wordsFor(one.quiesced) : QString();
    words.details = unlessEmpty({ oneLine(one.id), oneLine(one.why), quiet });
    if (one.state == ArtifactState::Running) {
        words.state = tr("running");
        words.standing = Standing::Running;
    }
    return words;
}

ItemWords TimelineWords::item(const TimelineItem &item, const Lane &lane, const CatalogueFacts &facts) const
{
    const auto index = std::size_t(item.index);
    ItemWords words;
    switch (item.kind) {
    case TimelineItem::Kind::Window:
        return windowItem(item, lane.windows);
    case TimelineItem::Kind::Aside:
        words = windowItem(item, lane.aside);
        words.what = tr("Any instant of a branch that was left");
        return words;
    case TimelineItem::Kind::Gap:
        words.what = item.count > 1 ? tr("%n gaps", nullptr, int(item.count)) : tr("Gap");
        words.state = tr("not restorable");
        words.standing = Standing::Failed;
        words.details = note(lane.gaps[index]);
        return words;
    case TimelineItem::Kind::Switch:
        words.what = tr("Timeline switch");
        words.details
            = unlessEmpty({ switchOver(lane.switches[index]), oneLine(lane.switches[index].reason) });
        return words;
    case TimelineItem::Kind::Marks:
        return markItem(item, lane.rows[index], facts.cluster(lane.cluster));
    case TimelineItem::Kind::Held:
        words.what = tr("%n held", nullptr, int(item.count));
        words.state = tr("no rule prunes them");
        words.details = held(lane, facts, item.first, item.count, 3);
        return words;
    }
    return words;
}

// Their names, `most` of them; empty when they are not read yet.
QString TimelineWords::held(const Lane &lane, const CatalogueFacts &facts, std::size_t first,
    std::size_t count, std::size_t most) const
{
    const auto &artifacts = facts.cluster(lane.cluster).artifacts;
    QStringList names;
    for (std::size_t i = first; i < first + std::min(count, most); ++i)
        if (const auto index = std::size_t(lane.held.row(i)); index < artifacts.size())
            names << artifact(artifacts[index]);
    if (count > most && !names.isEmpty())
        names << tr("%n more", nullptr, int(count - most));
    return names.join(u"; "_s);
}

QString TimelineWords::times(const TimelineItem &item) const
{
    const QString from = m_context.clocks->inTable(item.from);
    const QString to = m_context.clocks->inTable(item.to);
    return from == to ? from : tr("%1 to %2").arg(from, to);
}

QString TimelineWords::spoken(const TimelineItem &item, const Lane &lane, const CatalogueFacts &facts) const
{
    const ItemWords words = this->item(item, lane, facts);
    QStringList parts { words.what, words.state, times(item), words.details };
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

// What stands inside an open lane, and what a closed one holds in a line.
void TimelineWords::countInto(LaneWords &words, const Lane &lane, const CatalogueFacts &facts) const
{
    QStringList counts;
    for (const MarkRow &row : lane.rows) {
        const QString count = marks(row.marker(), int(row.size()));
        const auto source = std::size_t(row.source());
        words.parts << unlessEmpty(
            { source < facts.sources.size() ? oneLine(facts.sources[source].name) : QString(), count });
        counts << count;
    }
    if (!lane.held.empty()) {
        //: protected, kept or on legal hold
        words.held = tr("%n held: no rule prunes them", nullptr, int(lane.held.size()));
        if (const QString names = held(lane, facts, 0, lane.held.size(), 2); !names.isEmpty())
            //: %1 says how many are held, %2 names them
            words.held = tr("%1 · %2").arg(words.held, names);
        counts << tr("%n held", nullptr, int(lane.held.size()));
    }
    words.counts = counts.join(u", "_s);
}

LaneWords TimelineWords::lane(const Cluster &cluster, const Objectives &aims, const Lane &lane,
    const ClusterInsight *insight, const CatalogueFacts &facts) const
{
    LaneWords words;
    words.name = oneLine(cluster.name);
    words.environment = cluster.environment;
    words.glyph = glyphOf(answerStanding(insight));
    words.objectives = unlessEmpty({ aims.rpo ? tr("RPO %1").arg(durationWords(*aims.rpo)) : QString(),
        aims.rto ? tr("RTO %1").arg(durationWords(*aims.rto)) : QString() });
    //: %1 is the number of a timeline
    words.band = tr("Any instant · timeline %1");
    words.aside = tr("Branches that were left: any instant, on another line than the server's");
    if (!insight || insight->standing == ClusterStanding::Unread) {
        words.reach = tr("not read yet");
    } else {
        words.reach = reach(insight->recoverability);
        words.lapsed = words.glyph == Glyph::Failed;
        if (!insight->recoverability.gaps.empty())
            words.note = note(insight->recoverability.gaps.back());
    }
    countInto(words, lane, facts);
    words.spoken
        = unlessEmpty({ words.name, glyphWords(words.glyph), words.reach, words.note, words.counts });
    return words;
}

QString TimelineWords::flag(Instant instant, const TimeScale &scale) const
{
    const bool fine = scale.across(1) < std::chrono::seconds(1);
    const bool seconds = scale.across(1) < std::chrono::minutes(1);
    const QString format = fine ? u"ddd d MMM HH:mm:ss.zzz"_s
        : seconds               ? u"ddd d MMM HH:mm:ss"_s
                                : u"ddd d MMM HH:mm"_s;
    return QLocale().toString(m_context.clocks->at(instant), format);
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

QString TimelineWords::state(const ArtifactFact &artifact)
{
    const auto word = [&] {
        switch (artifact.state) {
        case ArtifactState::Complete:
            break;
        case ArtifactState::Running:
            return tr("running");
        case ArtifactState::Failed:
            return tr("failed");
        case ArtifactState::Unfinished:
            return tr("unfinished");
        case ArtifactState::Damaged:
            return tr("damaged");
        }
        if (artifact.foreign)
            return tr("of another cluster");
        return artifact.assurance == Assurance::Refuted ? tr("a check of it failed")
            : artifact.badPages                         ? tr("holds corrupt pages")
                                                        : tr("complete");
    };
    return unlessEmpty({ word(), oneLine(artifact.why) });
}

QStringList TimelineWords::headers() const
{
    const Clocks &clocks = *m_context.clocks;
    const QString zone = clocks.shortZone(m_context.clock->now(), clocks.active());
    return { tr("Cluster"), tr("Can it be restored?"), tr("You would get (%1)").arg(zone), tr("Lost work"),
        tr("From"), tr("Est. / RTO") };
}

// A window that still grows only lacks what has not arrived yet; within the RPO that is as promised.
Cell TimelineWords::earlier(const ReadoutRow &row) const
{
    Cell cell;
    if (row.path.withWal && row.path.grows) {
        const bool late = row.objectives.rpo && !withinRpo(row);
        cell.text = late ? tr("Only an earlier time") : tr("Yes, up to just before");
        cell.standing = withinRpo(row) ? sureness(row.path.confidence) : Standing::Attention;
    } else if (row.path.withWal) {
        cell.text = tr("No. Nearest is earlier");
        cell.standing = Standing::Failed;
    } else {
        cell.text = row.path.kind == ArtifactKind::Dump ? (row.path.withoutRoles ? tr("Only dumps, no roles")
                            : row.chain.size() > 1                               ? tr("Only the dumps")
                                                                                 : tr("Only the dump"))
            : row.path.kind == ArtifactKind::VmSnapshot ? tr("Only the snapshot")
                                                        : tr("Only an earlier point");
        cell.standing = withinRpo(row) ? sureness(row.path.confidence) : Standing::Attention;
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
    switch (row.path.answer.kind) {
    case Answer::Kind::Exact:
        cell.text = row.path.withWal ? tr("Yes, this exact instant") : tr("Yes, this point");
        cell.standing = sureness(row.path.confidence);
        break;
    case Answer::Kind::Earlier:
        cell = earlier(row);
        break;
    case Answer::Kind::Nothing:
        cell.text = row.path.next ? tr("No. Nearest is later") : tr("No");
        cell.standing = Standing::Failed;
        return cell;
    }
    cell.tip = wordFor(row.path.confidence);
    if (row.path.withoutRoles) {
        cell.tip += u'\n' + tr("No globals were dumped beside it: roles and tablespaces are missing");
        cell.standing = Standing::Attention;
    }
    if (row.path.partly) {
        cell.text = tr("Partly: %1").arg(partOf(row.chain.empty() ? nullptr : &row.chain.back()));
        cell.standing = Standing::Attention;
    }
    if (const QString newer = newerPart(row); !newer.isEmpty())
        cell.tip += u'\n' + tr("Newer, but only partly: %1").arg(newer);
    return cell;
}

QString TimelineWords::partOf(const ArtifactFact *dump) const
{
    if (!dump || dump->database.isEmpty())
        return tr("only a part of the cluster");
    //: %1 is the name of a database
    return dump->withGlobals ? tr("only database %1").arg(oneLine(dump->database))
                             : tr("only database %1, without roles").arg(oneLine(dump->database));
}

QString TimelineWords::newerPart(const ReadoutRow &row) const
{
    if (!row.path.part)
        return {};
    return tr("%1, %2").arg(
        partOf(row.part ? &*row.part : nullptr), m_context.clocks->inTable(row.path.part->at));
}

QString TimelineWords::consistency(const ReadoutRow &row) const
{
    const bool told = row.path.kind == ArtifactKind::VmSnapshot && !row.chain.empty();
    return told ? wordsFor(row.chain.back().quiesced) : QString();
}

QString TimelineWords::eachDump(const ReadoutRow &row) const
{
    std::optional<Instant> from;
    std::optional<Instant> to;
    for (const ArtifactFact &one : row.chain)
        if (const auto at = momentOf(one); at && one.kind == ArtifactKind::Dump) {
            from = std::min(from.value_or(*at), *at);
            to = std::max(to.value_or(*at), *at);
        }
    if (row.chain.size() < 3 || row.path.kind != ArtifactKind::Dump)
        return {};
    return tr("%1 to %2").arg(m_context.clocks->inTable(*from), m_context.clocks->inTable(*to));
}

Cell TimelineWords::get(const ReadoutRow &row) const
{
    Cell cell;
    const RestorePath &path = row.path;
    if (row.known && path.answer.kind != Answer::Kind::Nothing) {
        cell.text = m_context.clocks->at(path.answer.at).toString(u"d MMM HH:mm:ss"_s);
        cell.tip = m_context.clocks->both(path.answer.at);
    } else if (path.next) {
        cell.text = m_context.clocks->at(*path.next).toString(u"d MMM HH:mm:ss"_s);
        cell.tip = tr("Later than asked: the first instant that can be restored");
    } else {
        cell.text = row.known ? tr("nothing") : QString();
    }
    return cell;
}

QString TimelineWords::lost(const RestorePath &path) const
{
    switch (path.answer.kind) {
    case Answer::Kind::Exact:
        return tr("none", "lost work");
    case Answer::Kind::Earlier:
        return durationWords(inSeconds(path.answer.lost));
    case Answer::Kind::Nothing:
        return tr("everything");
    }
    return {};
}

Cell TimelineWords::lostCell(const ReadoutRow &row) const
{
    Cell cell;
    if (!row.known)
        return cell;
    cell.text = lost(row.path);
    const bool over = row.path.answer.kind == Answer::Kind::Nothing
        || (row.path.answer.kind == Answer::Kind::Earlier && row.objectives.rpo && !withinRpo(row));
    cell.standing = over ? Standing::Failed : Standing::None;
    return cell;
}

QString TimelineWords::wal(const WalStretch &wal) const
{
    if (wal.segments == 1)
        return tr("segment %1").arg(wal.first);
    return tr("%n segments at most, none missing", nullptr, int(wal.segments));
}

Cell TimelineWords::from(const ReadoutRow &row) const
{
    Cell cell;
    if (row.chain.empty())
        return cell;
    cell.text
        = row.path.withWal ? tr("%1 + WAL").arg(artifact(row.chain.back())) : artifact(row.chain.back());
    if (row.path.kind == ArtifactKind::Dump && row.chain.size() > 2) {
        const auto dumps = row.chain.size() - 1;
        cell.text = tr("%1 and %n more", nullptr, int(dumps - 1)).arg(artifact(row.chain.back()));
        cell.tip = tr("each database as of its own dump, %1").arg(eachDump(row));
    } else if (const QString quiet = consistency(row); !quiet.isEmpty())
        cell.tip = quiet;
    else if (row.chain.size() > 1)
        cell.tip = tr("on top of %1").arg(artifact(row.chain.front()));
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
        return lostCell(row);
    case ReadoutModel::Column::From:
        return from(row);
    case ReadoutModel::Column::Rto:
        cell.text = tr("untimed"); // no restore of it has been measured
        if (row.objectives.rto)
            cell.aside = tr("/ %1").arg(tightDuration(*row.objectives.rto));
        break;
    case ReadoutModel::Column::Count:
        break;
    }
    return cell;
}

} // namespace tidemark
