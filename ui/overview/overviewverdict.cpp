#include "overview/overviewwords.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool restorable(const OverviewRow &row)
{
    if (!row.insight)
        return false;
    switch (row.insight->standing) {
    case ClusterStanding::Nothing:
    case ClusterStanding::Lapsed:
    case ClusterStanding::Unread:
        return false;
    case ClusterStanding::Late:
    case ClusterStanding::Unproven:
    case ClusterStanding::Restorable:
    case ClusterStanding::Met:
        break;
    }
    return true;
}

bool meetsAll(const OverviewRow &row)
{
    if (!row.insight || row.insight->standing != ClusterStanding::Met
        || row.insight->confidence != Confidence::Proven)
        return false;
    return std::ranges::none_of(row.insight->objectives, [](const ObjectiveStanding &standing) {
        return standing.state == ObjectiveState::Broken || standing.state == ObjectiveState::Unmeasured;
    });
}

// Nothing was found to be wrong with these.
FleetVerdict::Kind calmKind(const std::vector<OverviewRow> &rows, int accepted)
{
    using Kind = FleetVerdict::Kind;
    if (accepted > 0)
        return Kind::OnlyAccepted;
    if (std::ranges::none_of(rows, &OverviewRow::isKnown))
        return Kind::NotReadYet;
    const auto met
        = [](const OverviewRow &row) { return row.insight && row.insight->standing == ClusterStanding::Met; };
    return std::ranges::all_of(rows, met) ? Kind::AllMet : Kind::NothingWrong;
}

int unreadSources(const Knowledge &knowledge)
{
    return int(std::ranges::count_if(
        knowledge.sources, [](const SourceWatch &source) { return source.read && !source.reading.readAt; }));
}

} // namespace

// What a person wants to know after the worst: about those the sentence does not speak of.
QString OverviewWords::others(const std::vector<OverviewRow> &rows, const QString &told) const
{
    std::vector<const OverviewRow *> rest;
    for (const OverviewRow &row : rows)
        if (row.cluster.name != told)
            rest.push_back(&row);
    const int total = int(rest.size());
    const auto count = [&](auto &&is) {
        return int(std::ranges::count_if(rest, [&](const OverviewRow *row) { return is(*row); }));
    };
    const int back = count(restorable);
    const int unread = count([](const OverviewRow &row) { return !row.isKnown(); });
    QStringList said;
    const bool some = total < int(rows.size());
    if (total > 0 && back == total)
        said.append(some ? tr("The other %n can be brought back.", "clusters", total)
                         : tr("All %n can be brought back.", "clusters", total));
    else if (total > 0)
        said.append(some ? tr("%1 of the other %n can be brought back.", "clusters", total).arg(back)
                         : tr("%1 of %n can be brought back.", "clusters", total).arg(back));
    if (unread > 0)
        said.append(tr("%n are not known yet.", "clusters", unread));
    const int met = int(std::ranges::count_if(rows, meetsAll));
    if (met > 0)
        said.append(tr("%n meet every objective and are proven.", "clusters", met));
    else if (!rows.empty())
        said.append(rows.size() == 1 ? tr("Not proven by a restore.") : tr("None is proven by a restore."));
    return said.join(u' ');
}

VerdictWords OverviewWords::verdict(const Knowledge &knowledge, const Insight *insight,
    const std::vector<OverviewRow> &rows, const std::vector<Finding> &findings) const
{
    // Accepted ones are the last.
    const Finding *worst = findings.empty() || findings.front().accepted ? nullptr : &findings.front();
    const int accepted = worst ? 0 : int(findings.size());
    const int left = unreadSources(knowledge);
    const QString reading = left > 0 ? tr("Reading %n sources", nullptr, left) : tr("Reading what is known");
    if (worst) {
        const Standing standing
            = worst->severity == Severity::Failed ? Standing::Failed : Standing::Attention;
        const ClusterInsight *cluster = insight ? insight->cluster(worst->cluster) : nullptr;
        return { standing, worstSentence(*worst, cluster, formats()),
            insight ? others(rows, worst->cluster) : reading };
    }
    if (m_context.fleet->fleet().clusters.empty())
        return { Standing::Unknown, tr("No servers are in this fleet yet"),
            tr("Nothing can be said about what would be lost.") };
    if (!insight)
        return { Standing::Running, reading,
            tr("What can be brought back is known when they have been read.") };
    const bool all = accepted == 0 && !rows.empty() && std::ranges::all_of(rows, meetsAll);
    Insight calm;
    calm.verdict.kind = calmKind(rows, accepted);
    calm.verdict.accepted = accepted;
    return { all ? Standing::Ok : Standing::Unknown, verdictSentence(calm, formats()), others(rows, {}) };
}

QStringList OverviewWords::counts(const OverviewTallies &tallies) const
{
    const auto line = [](const Tally &tally, const QString &what) {
        return tr("%1: %2 of %3, %4 not known", "what is counted")
            .arg(what)
            .arg(tally.good)
            .arg(tally.total)
            .arg(tally.total - tally.good - tally.bad);
    };
    return { line(tallies.rpo, tr("inside RPO now")), line(tallies.rto, tr("inside RTO when tested")),
        line(tallies.proven, provenLabel(tallies)) };
}

QString OverviewWords::provenLabel(const OverviewTallies &tallies) const
{
    return tallies.proofAge ? tr("proven in %n days", nullptr, int(tallies.proofAge->count()))
                            : tr("proven in time");
}

QString OverviewWords::asOf(const Knowledge &knowledge) const
{
    if (!knowledge.insight)
        return {};
    if (knowledge.kept)
        return tr("as concluded %1, %2", "a time, how long ago")
            .arg(when(knowledge.insight->at), ago(knowledge.insight->at));
    if (const int left = unreadSources(knowledge); left > 0)
        return tr("%n sources were never read", nullptr, left);
    return {};
}

std::pair<QString, QString> OverviewWords::calm(const Knowledge &knowledge) const
{
    if (!knowledge.insight || unreadSources(knowledge) > 0)
        return { tr("Still reading"), tr("What needs attention is known when every source has been read.") };
    return { tr("Nothing needs attention"), tr("By everything that was read of servers and backups.") };
}

} // namespace tidemark
