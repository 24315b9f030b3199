#include "moment/momentpage.h"
#include "theme/errortext.h"
#include "widgets/amounts.h"
#include "widgets/banner.h"
#include "widgets/emptystate.h"
#include "widgets/figures.h"
#include "widgets/panehead.h"
#include "widgets/segmentedcontrol.h"

#include <QComboBox>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

std::chrono::hours MomentPage::wanted() const
{
    return std::array { 24h, 72h, 168h }[std::size_t(m_range->current())];
}

bool MomentPage::hasArchive() const
{
    const auto knowledge = m_context.catalogue->knowledge();
    return !m_cluster.isEmpty() && !knowledge->facts->cluster(m_cluster).archives.empty();
}

// Where the archives of this cluster end now, each unbroken run of them.
MomentPage::ArchiveEnds MomentPage::archiveEnds() const
{
    ArchiveEnds ends;
    const auto knowledge = m_context.catalogue->knowledge();
    for (const WalArchive &archive : knowledge->facts->cluster(m_cluster).archives)
        for (const WalSpan &span : archive.spans)
            ends.emplace_back(span.timeline, span.last);
    return ends;
}

MomentQuestion MomentPage::question() const
{
    MomentQuestion asked { m_context.fleet->fleet(), m_cluster, m_context.catalogue->knowledge()->facts,
        m_context.clock->now() - wanted() };
    for (const auto &server : m_context.monitor->state().servers)
        if (server.name == m_cluster && server.facts)
            asked.serverTimeline = server.facts->timeline;
    return asked;
}

// With all clusters in scope a person chooses one here. An open list is left alone.
void MomentPage::offerClusters()
{
    QStringList names;
    for (const Cluster &cluster : m_context.fleet->fleet().clusters)
        names << cluster.name;
    QStringList offered;
    for (int i = 0; i < m_clusters->count(); ++i)
        offered << m_clusters->itemData(i).toString();
    if (names != offered) {
        const QString before = m_clusters->currentData().toString();
        m_clusters->clear();
        for (const QString &name : names)
            m_clusters->addItem(oneLine(name), name);
        m_clusters->setCurrentIndex(std::max(0, int(names.indexOf(before))));
    }
    m_clusters->setVisible(scope().isEmpty() && names.size() > 1);
}

void MomentPage::forget()
{
    m_tasks.restart();
    m_around.restart();
    m_state = State::Idle;
    m_error.reset();
    m_index.reset();
    m_progress = {};
    m_stop.reset();
    m_near.clear();
    m_nearAt.reset();
    m_nearKnown = false;
    m_nearProblem.clear();
    m_scene.current = -1;
    m_moved = false;
    fill();
}

void MomentPage::followCluster()
{
    offerClusters();
    const QString cluster = scope().isEmpty() ? m_clusters->currentData().toString() : scope();
    if (cluster != m_cluster) {
        m_cluster = cluster;
        forget();
    }
    const bool ended = m_state == State::Done || m_state == State::Failed;
    if (m_state == State::Idle && isVisible() && hasArchive() && m_context.moments)
        begin();
    else if (ended && isVisible() && archiveEnds() != m_ends)
        read(); // more WAL has arrived
    if (unreachable() != m_unreachable)
        showStop();
    sayState();
}

// What is kept is drawn at once; then what is new is read.
void MomentPage::begin()
{
    m_state = State::Opening;
    m_tasks.restart();
    m_tasks.start(m_context.moments->kept(question(), m_tasks.token()), [this](Result<MomentIndex> kept) {
        if (kept && !kept->pieces.empty()) {
            m_index = std::make_shared<const MomentIndex>(*std::move(kept));
            fill();
        }
        read();
    });
}

void MomentPage::read()
{
    if (!hasArchive() || !m_context.moments)
        return sayState();
    m_tasks.restart();
    m_state = State::Reading;
    m_error.reset();
    m_progress = {};
    m_ends = archiveEnds();
    sayState();
    const MomentReader::Told told
        = [page = QPointer(this), token = m_tasks.token()](
              std::shared_ptr<const MomentIndex> index, const MomentProgress &progress) {
              if (page && !token.stop_requested())
                  page->told(std::move(index), progress);
          };
    m_tasks.start(m_context.moments->read(question(), told, m_tasks.token()),
        [this](Result<MomentIndex> result) { ended(std::move(result)); });
}

void MomentPage::stopReading()
{
    if (m_state != State::Reading && m_state != State::Opening)
        return;
    m_tasks.restart();
    m_state = State::Stopped;
    sayState();
}

void MomentPage::told(std::shared_ptr<const MomentIndex> index, const MomentProgress &progress)
{
    m_index = std::move(index);
    m_progress = progress;
    sayState();
    if (!m_soon->isActive())
        m_soon->start();
}

void MomentPage::ended(Result<MomentIndex> result)
{
    m_soon->stop();
    if (result) {
        m_index = std::make_shared<const MomentIndex>(*std::move(result));
        m_state = State::Done;
    } else {
        m_error = result.error();
        m_state = State::Failed;
    }
    fill();
    followCluster(); // what arrived meanwhile
}

QString MomentPage::progressWords() const
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(m_progress.took);
    QString timeline;
    if (m_index && m_index->timeline)
        timeline = tr(" on timeline %1").arg(m_index->timeline->value);
    switch (m_state) {
    case State::Idle:
        return {};
    case State::Opening:
        return tr("looking for what was read before");
    case State::Reading: {
        if (m_progress.files == 0)
            return tr("reading: looking for segments");
        const QString far = tr("reading: %1 of %2 segments")
                                .arg(countWords(m_progress.filesRead), countWords(m_progress.files));
        return m_progress.back ? tr("%1, back to %2").arg(far, m_context.clocks->inTable(*m_progress.back))
                               : far;
    }
    case State::Stopped:
        return m_progress.back
            ? tr("stopped, read back to %1").arg(m_context.clocks->inTable(*m_progress.back))
            : tr("stopped");
    case State::Failed:
        return tr("not read to the end");
    case State::Done:
        return m_progress.bytes > 0
            ? tr("from %1 of WAL%2, read in %3")
                  .arg(sizeWords(Bytes { m_progress.bytes }), timeline, durationWords(seconds))
            : tr("nothing new to read%1").arg(timeline);
    }
    return {};
}

void MomentPage::sayState()
{
    const bool reading = m_state == State::Reading || m_state == State::Opening;
    m_read->setText(reading ? tr("Stop") : tr("Read on"));
    m_read->setEnabled(hasArchive() && m_context.moments);
    const bool nothing = !m_index || m_index->pieces.empty();
    m_head->setNote(progressWords());
    m_empty->button()->setVisible(m_cluster.isEmpty() || (m_read->isEnabled() && !reading));
    m_empty->button()->setText(m_cluster.isEmpty() ? tr("Add servers in Settings") : tr("Read the last day"));
    if (m_cluster.isEmpty())
        m_empty->setWords(tr("No clusters are in this fleet yet"),
            tr("This page shows what happened in a cluster, as its archived WAL tells it."));
    else if (!hasArchive())
        m_empty->setWords(tr("No archive of WAL is known for %1").arg(oneLine(m_cluster)),
            tr("What happened is read from archived WAL. Without an archive no moment between two backups "
               "can "
               "be got back."));
    else
        m_empty->setWords(reading ? tr("Reading the archived WAL of %1").arg(oneLine(m_cluster))
                                  : tr("No WAL of %1 was read yet").arg(oneLine(m_cluster)),
            m_error ? errorText(*m_error).sentence + u'\n' + m_error->detail
                    : tr("Reading shows what was deleted, truncated or dropped, and the moment just before. "
                         "It changes nothing."));
    m_stack->setCurrentIndex(nothing ? 1 : 0);
    std::vector<QString> troubles;
    for (std::size_t i = 0; m_index && i < m_index->pieces.size(); ++i)
        std::ranges::copy(m_index->pieces[i]->troubles, std::back_inserter(troubles));
    if (m_error)
        m_banner->showError(tr("Reading the WAL ended early; what was read before is shown"), *m_error);
    else if (!troubles.empty())
        m_banner->showWarning(tr("%n files of the archive are damaged", nullptr, int(troubles.size())),
            oneLine(troubles.front()));
    else
        m_banner->clear();
}

} // namespace tidemark
