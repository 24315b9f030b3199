#pragma once

#include "insight/facts.h"
#include "items/rowsmodel.h"
#include "ports/sessionboard.h"

namespace tidemark {

// Something that somebody or something did: a session, or a run that a source tells of.
struct ActivityRow {
    std::shared_ptr<const BoardSession> session; // null: a run
    Run run;
    Instant at;
    std::optional<Instant> ended;
    QString who;
    QString cluster;
    Environment environment = Environment::Unset;

    [[nodiscard]] QString key() const
    {
        return session ? session->record.id : run.source + QLatin1Char('\n') + run.id;
    }
    [[nodiscard]] bool wentWrong() const;
    bool operator==(const ActivityRow &) const = default;
};

enum class ActivityShow { Everything, Sessions, Runs, Failed };

// Newest first, what began before `since` left out unless it is still open.
[[nodiscard]] std::vector<ActivityRow> activityRows(const BoardSessions &sessions,
    const CatalogueFacts &facts, const Fleet &fleet, const QString &cluster, ActivityShow show,
    std::optional<Instant> since);

class ActivityModel : public RowsModel<ActivityRow>
{
    Q_OBJECT

public:
    enum class Column { Time, Who, What, On, Target, State, Took, Count };
    explicit ActivityModel(Words words, QObject *parent = nullptr);
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] Environment environmentOf(const ActivityRow &row) const override { return row.environment; }
};

} // namespace tidemark
