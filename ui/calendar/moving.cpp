#include "calendar/moving.h"

#include "calendar/movedialog.h"
#include "theme/errortext.h"
#include "widgets/figures.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace tidemark {

Moving::Moving(PageContext context, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_work(m_context.inFlight)
    , m_previewing(m_context.inFlight)
    , m_writing(m_context.inFlight)
{
}

void Moving::ask(const CalendarQuestion &question, const std::vector<Movable> &movables, QWidget *over)
{
    const QPointer<QWidget> window = over;
    m_work.restart();
    m_work.start(proposeMoveAside(question, movables), [this, window](const MoveProposal &proposal) {
        if (window)
            open(proposal, window);
    });
}

void Moving::open(const MoveProposal &proposal, QWidget *over)
{
    MoveDialog::About about { proposal.plan, proposal.movables, proposal.best };
    QStringList clusters;
    for (const Movable &one : about.movables)
        clusters += one.clusters;
    clusters.removeDuplicates();
    std::optional<Environment> strictest; // unset and production come first
    for (const QString &name : clusters)
        if (const Cluster *cluster = m_context.fleet->cluster(name))
            strictest = std::min(strictest.value_or(cluster->environment), cluster->environment);
    about.environment = strictest.value_or(Environment::Unset);
    about.target = oneLine(clusters.join(u", "_s));
    about.file = m_context.fleet->path();
    auto *dialog = new MoveDialog(about, over);
    connect(dialog, &MoveDialog::changed, this, [this, dialog] { preview(dialog); });
    connect(dialog, &QDialog::accepted, this, [this, dialog] { write(dialog->edits()); });
    preview(dialog);
    dialog->open();
}

void Moving::preview(MoveDialog *dialog)
{
    const QByteArray before = m_context.fleet->loaded().text;
    const QPointer<MoveDialog> open = dialog;
    m_previewing.restart();
    m_previewing.start(m_context.fleetFile->preview(before, dialog->edits(), m_previewing.token()),
        [open, before](const Result<QByteArray> &after) {
            if (open)
                open->showLines(after, before);
        });
}

void Moving::write(const std::vector<FleetEdit> &edits)
{
    const OpenFleet &fleet = *m_context.fleet;
    const QString path = fleet.path();
    m_writing.start(m_context.fleetFile->edit(path, fleet.loaded().text, edits, m_writing.token()),
        [this, path](const Result<LoadedFleet> &loaded) {
            if (!loaded)
                return Q_EMIT said(
                    errorText(loaded.error()).sentence + u": "_s + oneLine(loaded.error().detail));
            m_context.fleet->open(path, *loaded);
            Q_EMIT said(tr("Moved; saved to %1").arg(oneLine(path)));
        });
}

} // namespace tidemark
