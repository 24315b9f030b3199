#include "insight/insight.h"
#include "moment/momentpage.h"
#include "moment/momentwork.h"
#include "run/plandialog.h"
#include "theme/errortext.h"
#include "widgets/copydialog.h"
#include "widgets/figures.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

void MomentPage::moveTo(const WalCommit &commit)
{
    const auto by
        = m_stop && m_stop->by != MomentStop::By::RestorePoint ? m_stop->by : MomentStop::By::Transaction;
    setStop({ by, commit.lsn, m_scene.line.timeline, commit, commit.at, {} });
}

void MomentPage::setStop(MomentStop stop)
{
    m_stop = std::move(stop);
    m_nearProblem.clear();
    askAround();
    showStop();
}

// By what is known of the backups. A window holds the places between its backup's end and the first segment
// that is missing.
QString MomentPage::unreachable() const
{
    const auto knowledge = m_context.catalogue->knowledge();
    if (!m_stop || !knowledge->insight)
        return {};
    const auto &all = knowledge->insight->clusters;
    const auto cluster = std::ranges::find(all, m_cluster, &ClusterInsight::name);
    if (cluster == all.end() || cluster->standing == ClusterStanding::Unread)
        return {};
    const Recoverability &known = cluster->recoverability;
    const TimelineId timeline = m_scene.line.fileOf(m_stop->before).value_or(m_scene.line.timeline);
    if (leadsTo(known, timeline, m_stop->before))
        return {};
    const Answer nearest = answerAt(known, m_stop->at);
    if (m_stop->at == Instant {} || nearest.kind == Answer::Kind::Exact)
        return tr("WAL on the way is missing, or no base backup ended before it");
    if (nearest.kind == Answer::Kind::Nothing)
        return tr("nothing of then, and nothing before, can be restored");
    return tr("the nearest before it that can be had is %1").arg(m_context.clocks->full(nearest.at));
}

// The commits beside the target are kept while it stays in their middle segment.
void MomentPage::askAround()
{
    const auto segment = SegmentNumber::of(m_stop->before, m_scene.line.segmentSize);
    if (m_nearAt == segment || !m_context.moments)
        return;
    m_nearKnown = m_nearKnown && m_nearAt && m_nearAt->value + 1 >= segment.value
        && segment.value + 1 >= m_nearAt->value;
    m_nearAt = segment;
    m_around.restart();
    const TimelineId timeline = m_scene.line.fileOf(m_stop->before).value_or(m_scene.line.timeline);
    m_around.start(m_context.moments->around(question(), timeline, m_stop->before, m_around.token()),
        [this](NearTold near) { tookAround(std::move(near)); });
}

void MomentPage::tookAround(NearTold near)
{
    if (near) {
        m_near = *std::move(near);
        m_nearKnown = true;
    } else {
        m_nearAt.reset();
        m_nearKnown = false;
        m_nearProblem = errorText(near.error()).sentence;
        if (!near.error().detail.isEmpty())
            m_nearProblem += u": "_s + oneLine(near.error().detail);
    }
    showStop();
}

void MomentPage::stepCommit(bool later)
{
    if (!m_stop || !m_nearKnown)
        return;
    const auto commit
        = later ? commitFrom(m_near, { m_stop->before.value + 1 }) : commitBefore(m_near, m_stop->before);
    if (!commit)
        return Q_EMIT statusMessage(
            later ? tr("No later commit was read") : tr("No earlier commit was read"));
    moveTo(*commit);
}

std::optional<WalCommit> MomentPage::newestCommit() const
{
    const auto &pieces = m_scene.line.pieces;
    const auto found = std::find_if(
        pieces.rbegin(), pieces.rend(), [](const auto &piece) { return piece->lastCommit.has_value(); });
    return found == pieces.rend() ? std::nullopt : (*found)->lastCommit;
}

// Where no event was chosen it begins at the newest commit.
void MomentPage::setBy(MomentStop::By by)
{
    if (by == MomentStop::By::RestorePoint)
        return stopAtPoint(0);
    const auto newest = newestCommit();
    if (!m_stop && !newest)
        return;
    MomentStop stop
        = m_stop ? *m_stop : MomentStop { by, newest->lsn, m_scene.line.timeline, newest, newest->at, {} };
    stop.by = by;
    stop.name.clear();
    if (!stop.commit && m_nearKnown)
        stop.commit = commitFrom(m_near, stop.before);
    if (stop.commit) {
        stop.before = stop.commit->lsn;
        stop.at = stop.commit->at;
    }
    setStop(std::move(stop));
    if (by == MomentStop::By::Time)
        settleTime();
}

// Recovery ends at the first commit of the log that is not earlier, and times need not grow with the log.
void MomentPage::settleTime()
{
    if (!m_nearKnown)
        return;
    const auto commit = firstNotBefore(m_near, m_stop->at);
    if (!commit)
        return;
    m_stop->commit = commit;
    m_stop->before = commit->lsn;
    showStop();
}

void MomentPage::stopAtLsn(const QString &text)
{
    const auto lsn = Lsn::parse(text.trimmed());
    if (!lsn)
        return m_target->refuse(
            MomentStop::By::Lsn, tr("\"%1\" is no LSN. Type one like 4C/9A1F3B28").arg(oneLine(text)));
    if (!m_scene.line.fileOf(*lsn))
        return m_target->refuse(MomentStop::By::Lsn, tr("%1 is not in what was read").arg(lsn->toString()));
    setStop({ MomentStop::By::Lsn, *lsn, m_scene.line.timeline, {}, {}, {} });
}

void MomentPage::stopAtTime(const QString &text)
{
    const auto time = m_context.clocks->typed(text);
    if (!time)
        return m_target->refuse(MomentStop::By::Time,
            tr("\"%1\" is no time with a zone. Type one like 2026-11-20 02:31:07 UTC").arg(oneLine(text)));
    m_around.restart();
    m_nearAt.reset();
    m_nearKnown = false;
    m_around.start(aroundTime(m_context.moments, question(), m_scene.line, *time, m_around.token()),
        [this, time](NearTold near) {
            if (!near)
                return m_target->refuse(MomentStop::By::Time, errorText(near.error()).sentence);
            const auto commit = firstNotBefore(*near, *time);
            if (!commit)
                return m_target->refuse(MomentStop::By::Time, tr("No commit that was read is as late"));
            m_near = *std::move(near);
            m_nearKnown = true;
            setStop({ MomentStop::By::Time, commit->lsn, m_scene.line.timeline, commit, *time, {} });
        });
}

void MomentPage::stopAtPoint(int point)
{
    const auto points = restorePoints(m_scene.line);
    if (point < 0 || point >= int(points.size()))
        return;
    const WalMark &mark = *points[std::size_t(point)];
    setStop({ MomentStop::By::RestorePoint, mark.lsn, m_scene.line.timeline, {}, mark.at.value_or(Instant {}),
        mark.name });
}

void MomentPage::copyTarget()
{
    if (!m_stop)
        return;
    QGuiApplication::clipboard()->setText(m_target->words());
    Q_EMIT statusMessage(tr("Copied"));
}

void MomentPage::useTarget()
{
    if (!m_stop)
        return;
    QStringList lines { u"# "_s + m_target->words().replace(u'\n', u"\n# "_s),
        tr("# in DATA_DIRECTORY/postgresql.auto.conf of a restored copy, with an empty recovery.signal "
           "beside it") };
    if (!m_unreachable.isEmpty())
        lines.insert(1, u"# "_s + tr("No backup leads to this moment") + u": "_s + m_unreachable);
    lines += recoverySettings(*m_stop);
    auto *dialog = new CopyDialog(tr("Recover %1 to this moment").arg(oneLine(m_cluster)),
        tr("Tidemark does not run this. Restore a base backup that ended before this moment beside the "
           "cluster, "
           "set restore_command, and these lines make its recovery end there."),
        lines.join(u'\n') + u'\n', this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CopyDialog::copied, this, [this] { Q_EMIT statusMessage(tr("Copied")); });
    dialog->open();
}

void MomentPage::planRestore()
{
    const TargetFacts known = facts();
    if (!known.stop || !m_context.sessions)
        return;
    PlanDialog::About about;
    about.cluster = m_cluster;
    if (const Cluster *cluster = m_context.fleet->cluster(m_cluster))
        about.environment = cluster->environment;
    about.target.kind = WalTarget::Kind::Lsn;
    about.target.lsn = known.stop->before;
    about.target.inclusive = false;
    about.target.timeline = known.stop->timeline;
    about.prediction.reached = true;
    about.prediction.last = known.choice ? known.choice->kept : std::nullopt;
    about.prediction.firstLost = known.choice ? known.choice->firstLost : known.stop->commit;
    auto *dialog = new PlanDialog(m_context, about, this);
    connect(dialog, &PlanDialog::begun, this, [this](const QString &session) {
        Q_EMIT openItem(u"activity"_s, { u"session"_s, session });
    });
    dialog->open();
}

} // namespace tidemark
