#pragma once

#include "items/concernmodel.h"
#include "items/datastoremodel.h"
#include "items/factmodel.h"
#include "items/overviewmodel.h"
#include "shell/page.h"

#include <QCoreApplication>

namespace tidemark {

// What an attention entry offers.
enum class ConcernAction { TryNow, ShowGrant, OpenSettings, CopyDetails };

struct VerdictWords {
    Standing standing = Standing::None;
    QString sentence;
    QString support;
};

// The words of the overview: facts into sentences and cells, on the active clock.
class OverviewWords
{
    Q_DECLARE_TR_FUNCTIONS(OverviewWords)

public:
    explicit OverviewWords(PageContext context);

    [[nodiscard]] VerdictWords verdict(const Verdict &verdict) const;
    [[nodiscard]] Cell cell(const OverviewRow &row, int column) const;
    [[nodiscard]] Cell concern(const Concern &concern, int column) const;
    [[nodiscard]] Cell datastore(const DatastoreRow &row, int column) const;
    [[nodiscard]] std::vector<Fact> facts(const OverviewRow &row) const;
    [[nodiscard]] QStringList headers() const;
    [[nodiscard]] QString concernText(const Concern &concern) const; // whole, for the clipboard

    [[nodiscard]] static ConcernAction actionOf(const Concern &concern);
    [[nodiscard]] static QString actionWords(ConcernAction action);

private:
    [[nodiscard]] QString when(Instant instant) const; // "20 Nov 02:31 UTC"
    [[nodiscard]] QString ago(Instant instant) const;
    [[nodiscard]] QString headline(const Concern &concern) const; // names its subject
    [[nodiscard]] QString since(const Concern &concern) const;
    [[nodiscard]] QString what(const Concern &concern) const; // without the subject
    [[nodiscard]] QString evidence(const Concern &concern) const;
    [[nodiscard]] Cell clusterCell(const OverviewRow &row) const;
    [[nodiscard]] Cell answeringCell(const OverviewRow &row) const;
    [[nodiscard]] Cell archiverCell(const OverviewRow &row) const;
    [[nodiscard]] Cell archivingCell(const ServerFacts &facts, const Objectives &objectives) const;
    [[nodiscard]] Cell accessCell(const OverviewRow &row) const;
    [[nodiscard]] Cell objectivesCell(const OverviewRow &row) const;
    [[nodiscard]] static Cell asLastSeen(Cell cell, const OverviewRow &row);
    [[nodiscard]] Cell readCell(const OverviewRow &row) const;

    PageContext m_context;
};

} // namespace tidemark
