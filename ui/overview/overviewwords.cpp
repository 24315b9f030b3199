#include "overview/overviewwords.h"

#include "widgets/figures.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t TipWindows = 5;

Cell pending()
{
    Cell cell;
    cell.standing = Standing::Running;
    return cell;
}

Cell notKnown()
{
    Cell cell;
    cell.standing = Standing::Unknown;
    cell.text = OverviewWords::tr("not known");
    return cell;
}

QString of(const std::optional<std::chrono::seconds> &limit, const QString &otherwise)
{
    //: what a value is measured against: "12 h of 24 h"
    return limit ? OverviewWords::tr("of %1").arg(durationWords(*limit)) : otherwise;
}

} // namespace

OverviewWords::OverviewWords(PageContext context)
    : m_context(std::move(context))
{
}

QString OverviewWords::when(Instant instant) const
{
    return tr("%1 %2", "time and zone")
        .arg(m_context.clocks->inTable(instant),
            m_context.clocks->shortZone(instant, m_context.clocks->active()));
}

QString OverviewWords::moment(Instant instant) const
{
    return isToday(instant) ? m_context.clocks->at(instant).toString(u"HH:mm"_s)
                            : m_context.clocks->inTable(instant);
}

bool OverviewWords::isToday(Instant instant) const
{
    return m_context.clocks->at(instant).date() == m_context.clocks->at(now()).date();
}

QString OverviewWords::day(Instant instant) const
{
    const QDate date = m_context.clocks->at(instant).date();
    const bool thisYear = date.year() == m_context.clocks->at(now()).date().year();
    return QLocale().toString(date, thisYear ? u"d MMM"_s : u"d MMM yyyy"_s);
}

QString OverviewWords::ago(Instant instant) const
{
    return agoWords(instant, now());
}

std::chrono::seconds OverviewWords::since(Instant instant) const
{
    return std::max(
        std::chrono::seconds(0), std::chrono::duration_cast<std::chrono::seconds>(now() - instant));
}

QStringList OverviewWords::headers() const
{
    const QString zone = m_context.clocks->zoneWords(now());
    return { tr("Cluster"), tr("Can I get it back?"), tr("Restorable (%1)").arg(zone), tr("RPO now"),
        tr("Last proven restore"), tr("RTO measured"), tr("Backups stored") };
}

Cell OverviewWords::cell(const OverviewRow &row, int column) const
{
    if (column != int(OverviewModel::Column::Cluster) && !row.insight && row.hasSource)
        return pending();
    switch (OverviewModel::Column(column)) {
    case OverviewModel::Column::Cluster:
        return clusterCell(row);
    case OverviewModel::Column::Answer:
        return answer(row);
    case OverviewModel::Column::Ribbon:
        return ribbonCell(row);
    case OverviewModel::Column::Rpo:
        return rpoCell(row);
    case OverviewModel::Column::Proven:
        return provenCell(row);
    case OverviewModel::Column::Rto:
        return rtoCell(row);
    case OverviewModel::Column::Stored:
        return storedCell(row);
    case OverviewModel::Column::Count:
        break;
    }
    return {};
}

QStringList OverviewWords::tableHeaders() const
{
    const QString zone = m_context.clocks->zoneWords(now());
    return { tr("Cluster"), tr("Can I get it back?"), tr("Why"), tr("Oldest (%1)").arg(zone),
        tr("Newest (%1)").arg(zone), tr("RPO now"), tr("RPO"), tr("Last proven"), tr("RTO measured"),
        tr("RTO"), tr("Backups stored"), tr("Added a day") };
}

Cell OverviewWords::tableCell(const OverviewRow &row, int column) const
{
    using Column = OverviewTableModel::Column;
    const auto of = [&](OverviewModel::Column source) { return cell(row, int(source)); };
    const auto limit = [](const auto &promised) {
        return Cell { promised ? durationWords(*promised) : tr("none", "no promise is given") };
    };
    const auto words = [](Cell from) { return Cell { from.text, {}, {}, {}, from.tip, from.standing }; };
    switch (Column(column)) {
    case Column::Cluster:
        return words(of(OverviewModel::Column::Cluster));
    case Column::Answer:
        return row.insight ? words(of(OverviewModel::Column::Answer)) : notKnown();
    case Column::Why:
        return Cell { of(OverviewModel::Column::Answer).detail };
    case Column::Oldest:
        return Cell { ribbonStart(row) };
    case Column::Newest:
        return Cell { ribbonEnd(row) };
    case Column::Rpo:
        return words(of(OverviewModel::Column::Rpo));
    case Column::RpoLimit:
        return limit(row.objectives.rpo);
    case Column::Proven:
        return words(of(OverviewModel::Column::Proven));
    case Column::Rto:
        return words(of(OverviewModel::Column::Rto));
    case Column::RtoLimit:
        return limit(row.objectives.rto);
    case Column::Stored:
        return words(of(OverviewModel::Column::Stored));
    case Column::PerDay:
        return Cell { of(OverviewModel::Column::Stored).aside };
    case Column::Count:
        break;
    }
    return {};
}

Cell OverviewWords::clusterCell(const OverviewRow &row) const
{
    Cell cell;
    cell.text = oneLine(row.cluster.name);
    cell.tip = plainTip(row.cluster.name);
    if (!row.server.facts) {
        cell.detail = row.server.reach == Reach::Offline ? tr("never read") : tr("not read yet");
        return cell;
    }
    const ServerFacts &facts = *row.server.facts;
    const auto size = sizeOf(facts);
    const QString version = tr("PG %1").arg(facts.versionNumber / 10000);
    cell.detail = size ? tr("%1 · %2", "version and size").arg(version, sizeWords(*size))
                       : tr("%1 · size not told", "version").arg(version);
    cell.tip = plainTip(tr("%1, read %2").arg(row.cluster.name, ago(facts.readAt)));
    if (row.server.reach == Reach::Offline || row.server.reach == Reach::Stale)
        cell.detail = tr("%1, %2", "version and size, age").arg(cell.detail, ago(facts.readAt));
    return cell;
}

QString OverviewWords::ribbonStart(const OverviewRow &row) const
{
    const auto oldest = row.isKnown() ? row.insight->recoverability.oldest : std::nullopt;
    return oldest ? QLocale().toString(m_context.clocks->at(*oldest), u"d MMM yyyy HH:mm"_s) : QString();
}

QString OverviewWords::ribbonEnd(const OverviewRow &row) const
{
    const auto newest = row.isKnown() ? row.insight->recoverability.newest : std::nullopt;
    if (!newest)
        return {};
    const QDateTime time = m_context.clocks->at(*newest);
    if (time.date() == m_context.clocks->at(now()).date())
        return tr("%1, %2", "a time, how long ago").arg(time.toString(u"HH:mm:ss"_s), ago(*newest));
    return QLocale().toString(time, u"d MMM HH:mm:ss"_s);
}

QString OverviewWords::windowsTip(const ClusterInsight &insight) const
{
    const Recoverability &found = insight.recoverability;
    QStringList lines;
    for (auto window = found.windows.rbegin(); window != found.windows.rend(); ++window) {
        if (std::size_t(lines.size()) == TipWindows) {
            lines.append(tr("and %n earlier ones", "windows", int(found.windows.size() - TipWindows)));
            break;
        }
        lines.append(tr("any instant from %1 to %2: %3", "two times, how sure")
                         .arg(when(window->from), when(window->to), wordFor(window->confidence)));
    }
    if (const auto newest = newestPoint(found); newest && !found.points.empty())
        lines.append(
            tr("%n single moments, the newest %1", nullptr, int(found.points.size())).arg(when(newest->at)));
    if (!found.gaps.empty())
        lines.append(tr("%n gaps", nullptr, int(found.gaps.size())));
    if (insight.risk.repositoryReadAt)
        lines.append(tr("read %1").arg(ago(*insight.risk.repositoryReadAt)));
    return lines.join(u'\n');
}

Cell OverviewWords::ribbonCell(const OverviewRow &row) const
{
    Cell cell;
    if (!row.isKnown())
        return notKnown();
    cell.standing = row.insight->standing == ClusterStanding::Lapsed ? Standing::Failed : Standing::None;
    const QString start = ribbonStart(row);
    if (start.isEmpty()) {
        cell.standing = Standing::Failed;
        cell.text = tr("nothing can be restored");
        return cell;
    }
    cell.text = row.insight->risk.basis == RiskBasis::Points ? tr("single moments") : tr("any instant");
    cell.detail = tr("%1 to %2", "oldest and newest restorable moment").arg(start, ribbonEnd(row));
    cell.tip = plainTip(windowsTip(*row.insight));
    return cell;
}

Cell OverviewWords::rpoCell(const OverviewRow &row) const
{
    if (!row.isKnown())
        return notKnown();
    const Risk &risk = row.insight->risk;
    Cell cell;
    cell.aside = of(row.objectives.rpo, tr("no RPO"));
    if (risk.basis == RiskBasis::Nothing) {
        cell.standing = Standing::Failed;
        cell.text = tr("everything");
        return cell;
    }
    if (!risk.seconds)
        return notKnown();
    cell.text = durationWords(*risk.seconds);
    const ObjectiveStanding *rpo = row.objective(ObjectiveKind::Rpo);
    if (rpo && rpo->state == ObjectiveState::Broken)
        cell.standing = Standing::Failed;
    else if (rpo && rpo->state == ObjectiveState::Unproven)
        cell.standing = Standing::Stale;
    QStringList lines { tr("%1 of work is lost if the cluster dies now").arg(cell.text) };
    if (risk.bytes)
        lines.append(tr("%1 of WAL is not in the repository").arg(sizeWords(*risk.bytes)));
    if (risk.repositoryReadAt)
        lines.append(tr("repository read %1").arg(ago(*risk.repositoryReadAt)));
    cell.tip = plainTip(lines.join(u'\n'));
    return cell;
}

Cell OverviewWords::provenCell(const OverviewRow &row) const
{
    if (!row.isKnown())
        return notKnown();
    Cell cell;
    if (!row.insight->provenAt) {
        cell.standing = Standing::Missing;
        cell.text = tr("never");
        cell.detail = tr("no session yet");
        return cell;
    }
    cell.standing = row.breaks(ObjectiveKind::ProofAge) ? Standing::Attention : Standing::Quiet;
    cell.text = day(*row.insight->provenAt);
    cell.detail = ago(*row.insight->provenAt);
    cell.tip = plainTip(m_context.clocks->both(*row.insight->provenAt));
    return cell;
}

Cell OverviewWords::rtoCell(const OverviewRow &row) const
{
    Cell cell;
    cell.aside = of(row.objectives.rto, tr("no RTO"));
    const ObjectiveStanding *rto = row.objective(ObjectiveKind::Rto);
    if (!rto || !rto->measured) {
        cell.text = tr("not measured");
        return cell;
    }
    cell.text = tightDuration(std::chrono::seconds(*rto->measured));
    cell.standing = rto->state == ObjectiveState::Broken ? Standing::Failed : Standing::None;
    return cell;
}

Cell OverviewWords::storedCell(const OverviewRow &row) const
{
    if (!row.isKnown())
        return notKnown();
    const Stored &stored = row.insight->stored;
    Cell cell;
    if (!stored.total) {
        cell.text = tr("not told");
        return cell;
    }
    cell.text = sizeWords(*stored.total);
    QStringList lines;
    if (stored.untold > 0)
        lines.append(tr("%n backups do not tell their size", nullptr, int(stored.untold)));
    if (const auto perDay = stored.perDay()) {
        cell.aside = tr("+%1/d", "an amount a day").arg(sizeWords(*perDay));
        lines.append(tr("%1 a day were added in the last %n days and are still there", nullptr,
            std::min(stored.knownDays, Stored::Days))
                         .arg(sizeWords(*perDay)));
    }
    cell.tip = plainTip(lines.join(u'\n'));
    return cell;
}

} // namespace tidemark
