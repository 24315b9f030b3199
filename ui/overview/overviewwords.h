#pragma once

#include "insight/findingwords.h"
#include "items/datastoremodel.h"
#include "items/factmodel.h"
#include "items/findingmodel.h"
#include "items/nextdaymodel.h"
#include "items/overviewmodel.h"
#include "shell/page.h"

#include <QCoreApplication>

namespace tidemark {

struct VerdictWords {
    Standing standing = Standing::None;
    QString sentence;
    QString support;
};

// The words of the overview: conclusions into sentences and cells, on the active clock.
class OverviewWords
{
    Q_DECLARE_TR_FUNCTIONS(OverviewWords)

public:
    explicit OverviewWords(PageContext context);

    // overviewverdict.cpp
    // `insight`: as of now; null: nothing was concluded.
    [[nodiscard]] VerdictWords verdict(const Knowledge &knowledge, const Insight *insight,
        const std::vector<OverviewRow> &rows, const std::vector<Finding> &findings) const;
    [[nodiscard]] QStringList counts(const OverviewTallies &tallies) const; // each in a line
    [[nodiscard]] QString provenLabel(const OverviewTallies &tallies) const;
    [[nodiscard]] QString asOf(const Knowledge &knowledge) const; // beside the title; empty: as it is now
    // Nothing found is only calm once everything was read.
    [[nodiscard]] std::pair<QString, QString> calm(const Knowledge &knowledge) const;

    // overviewwords.cpp
    [[nodiscard]] Cell cell(const OverviewRow &row, int column) const;
    [[nodiscard]] QStringList headers() const;
    [[nodiscard]] Cell tableCell(const OverviewRow &row, int column) const;
    [[nodiscard]] QStringList tableHeaders() const;
    [[nodiscard]] QString ribbonStart(const OverviewRow &row) const;
    [[nodiscard]] QString ribbonEnd(const OverviewRow &row) const;

    // overviewanswer.cpp
    [[nodiscard]] Cell answer(const OverviewRow &row) const; // "Can I get it back?"

    // findingcells.cpp
    [[nodiscard]] FindingWords finding(const Finding &finding) const;
    [[nodiscard]] Cell findingCell(const Finding &finding, int column) const;
    [[nodiscard]] QString findingText(const Finding &finding) const; // whole, to be taken elsewhere
    [[nodiscard]] FindingFormats formats() const;

    // sidecells.cpp
    [[nodiscard]] Cell datastore(const DatastoreRow &row, int column) const;
    [[nodiscard]] Cell planned(const NextDayRow &row, int column) const;
    [[nodiscard]] static QString run(const PlannedRun &run); // "full", "3 dumps"
    [[nodiscard]] QString lostLane(const NextDayRow &row) const; // empty: nothing is lost

    // clusterfacts.cpp
    [[nodiscard]] std::vector<Fact> facts(const OverviewRow &row) const;

    [[nodiscard]] Instant now() const { return m_context.clock->now(); }

private:
    [[nodiscard]] QString when(Instant instant) const; // "20 Nov 02:31 UTC"
    [[nodiscard]] bool isToday(Instant instant) const;
    [[nodiscard]] QString moment(Instant instant) const; // "02:31" today, "16 Nov 02:31" else
    [[nodiscard]] QString day(Instant instant) const; // "6 Nov"
    [[nodiscard]] QString ago(Instant instant) const;
    [[nodiscard]] std::chrono::seconds since(Instant instant) const;
    [[nodiscard]] Cell clusterCell(const OverviewRow &row) const;
    [[nodiscard]] Cell ribbonCell(const OverviewRow &row) const;
    [[nodiscard]] Cell rpoCell(const OverviewRow &row) const;
    [[nodiscard]] Cell provenCell(const OverviewRow &row) const;
    [[nodiscard]] Cell rtoCell(const OverviewRow &row) const;
    [[nodiscard]] Cell storedCell(const OverviewRow &row) const;
    [[nodiscard]] QString windowsTip(const ClusterInsight &insight) const;
    [[nodiscard]] QString lapsedWords(const ClusterInsight &insight) const;
    [[nodiscard]] QString lateWords(const OverviewRow &row) const;
    [[nodiscard]] QString sureWords(const OverviewRow &row) const;
    [[nodiscard]] Cell slowOrOld(const OverviewRow &row) const;
    [[nodiscard]] QString others(const std::vector<OverviewRow> &rows, const QString &told) const;

    PageContext m_context;
};

// What is worth a look among the points of a cluster: "dumps", "snapshots", "backups".
[[nodiscard]] QString pointWords(const Recoverability &found);

} // namespace tidemark
