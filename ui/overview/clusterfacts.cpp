#include "fleet/access.h"
#include "overview/overviewwords.h"
#include "theme/errortext.h"
#include "theme/fills.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Lines of "label, value", leaving out what is not known only where that says nothing.
class FactList
{
public:
    void add(const QString &label, const QString &value, bool machine = false)
    {
        m_facts.push_back({ label, value.isEmpty() ? OverviewWords::tr("not told") : value, machine });
    }
    void addIf(const QString &label, const QString &value, bool machine = false)
    {
        if (!value.isEmpty())
            m_facts.push_back({ label, value, machine });
    }
    [[nodiscard]] std::vector<Fact> take() { return std::move(m_facts); }

private:
    std::vector<Fact> m_facts;
};

QString yesNo(bool yes)
{
    return yes ? OverviewWords::tr("yes") : OverviewWords::tr("no");
}

QString instantWords(const PageContext &context, const std::optional<Instant> &instant)
{
    return instant ? context.clocks->full(*instant) : QString();
}

void addIdentity(FactList &list, const PageContext &context, const ServerFacts &facts)
{
    list.add(OverviewWords::tr("Version"), facts.version);
    list.add(OverviewWords::tr("System identifier"),
        facts.systemId ? QString::number(facts.systemId->value) : QString(), true);
    list.add(OverviewWords::tr("Timeline"),
        facts.timeline ? QString::number(facts.timeline->value) : QString(), true);
    list.add(OverviewWords::tr("In recovery"), yesNo(facts.inRecovery));
    list.add(facts.inRecovery ? OverviewWords::tr("Replayed LSN") : OverviewWords::tr("Current LSN"),
        facts.currentLsn ? facts.currentLsn->toString() : QString(), true);
    list.add(OverviewWords::tr("Started"), instantWords(context, facts.startedAt), true);
    list.add(OverviewWords::tr("Data directory"), facts.dataDirectory, true);
}

void addAccess(FactList &list, const ServerFacts &facts)
{
    list.add(OverviewWords::tr("Role"), facts.role, true);
    list.add(OverviewWords::tr("Member of"), facts.memberOf.join(u", "_s), true);
    list.add(OverviewWords::tr("Superuser"), yesNo(facts.superuser));
    list.add(OverviewWords::tr("May replicate"), yesNo(facts.mayReplicate));
    list.add(OverviewWords::tr("Encrypted"),
        facts.tls ? OverviewWords::tr("yes, %1").arg(facts.tlsVersion) : OverviewWords::tr("no"));
    list.addIf(OverviewWords::tr("May not see"), accessOf(facts).lacking.join(u'\n'));
}

void addArchive(FactList &list, const PageContext &context, const ServerFacts &facts)
{
    list.add(OverviewWords::tr("wal_level"), facts.walLevel, true);
    list.add(OverviewWords::tr("archive_mode"), facts.archiveMode, true);
    list.add(OverviewWords::tr("archive_command"), facts.archiveCommand, true);
    list.add(OverviewWords::tr("archive_timeout"),
        facts.archiveTimeout ? durationWords(*facts.archiveTimeout) : QString());
    list.add(OverviewWords::tr("WAL segment"),
        facts.walSegmentSize ? sizeWords(*facts.walSegmentSize) : QString());
    if (!facts.archiver)
        return;
    list.add(OverviewWords::tr("Archived"), countWords(facts.archiver->archivedCount));
    list.add(OverviewWords::tr("Last archived"), facts.archiver->lastArchivedWal, true);
    list.add(OverviewWords::tr("Archived at"), instantWords(context, facts.archiver->lastArchivedAt), true);
    list.add(OverviewWords::tr("Failures"), countWords(facts.archiver->failedCount));
    list.addIf(OverviewWords::tr("Last failed"), facts.archiver->lastFailedWal, true);
    list.addIf(OverviewWords::tr("Failed at"), instantWords(context, facts.archiver->lastFailedAt), true);
}

void addDatabases(FactList &list, const ServerFacts &facts)
{
    for (const DatabaseFacts &database : facts.databases)
        list.add(OverviewWords::tr("Database %1").arg(database.name),
            database.size ? sizeWords(*database.size) : OverviewWords::tr("size not told"));
}

} // namespace

std::vector<Fact> OverviewWords::facts(const OverviewRow &row) const
{
    FactList list;
    list.add(tr("Environment"),
        row.cluster.environment == Environment::Unset ? tr("not set, counts as production")
                                                      : environmentWords(row.cluster.environment));
    if (row.server.error) {
        list.add(tr("Does not answer"), errorText(*row.server.error).sentence);
        list.addIf(tr("In its words"), row.server.error->detail, true);
        list.addIf(tr("Error code"), row.server.error->code, true);
        list.addIf(tr("Offline since"), instantWords(m_context, row.server.offlineSince), true);
        list.addIf(tr("Next try"), instantWords(m_context, row.server.nextTry), true);
    }
    if (!row.server.facts) {
        list.add(tr("Read"), tr("never"));
        return list.take();
    }
    list.add(tr("Read"), m_context.clocks->both(row.server.facts->readAt), true);
    addIdentity(list, m_context, *row.server.facts);
    addAccess(list, *row.server.facts);
    addArchive(list, m_context, *row.server.facts);
    addDatabases(list, *row.server.facts);
    return list.take();
}

} // namespace tidemark
