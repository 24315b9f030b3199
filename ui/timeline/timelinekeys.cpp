#include "insight/insight.h"
#include "schedule/cron.h"
#include "theme/style.h"
#include "timeline/timelinepage.h"
#include "timeline/timelineview.h"
#include "timeline/wheel.h"
#include "widgets/figures.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/textlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

// Date and time as people type them; seconds and the time itself may be left out.
QDateTime typedTime(const QString &text)
{
    for (const QString &format :
        { u"yyyy-MM-dd HH:mm:ss.zzz"_s, u"yyyy-MM-dd HH:mm:ss"_s, u"yyyy-MM-dd HH:mm"_s, u"yyyy-MM-dd"_s }) {
        const QDateTime time = QDateTime::fromString(text.simplified(), format);
        if (time.isValid())
            return { time.date(), time.time(), Qt::UTC };
    }
    return {};
}

// Keys of the cursor that a table has no other use for.
bool isCursorKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_0:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
        return true;
    default:
        return false;
    }
}

} // namespace

void TimelinePage::setCursorTo(Instant instant)
{
    m_cursor = instant;
    m_cursorAtNow = false;
    m_view->setCursorAt(instant, m_words.flag(instant, m_scale));
    m_cursorWords->setText(m_context.clocks->both(instant));
    echoCursor();
    fillReadout();
}

const Lane *TimelinePage::currentLane() const
{
    const int row = m_table->currentIndex().row();
    const auto &lanes = m_view->scene().lanes;
    return row >= 0 && row < int(lanes.size()) ? lanes[std::size_t(row)].get() : nullptr;
}

void TimelinePage::moveBy(std::chrono::microseconds step)
{
    goTo(m_cursor + step);
}

void TimelinePage::zoom(double factor)
{
    const double at = m_scale.shows(m_cursor) ? m_scale.xOf(m_cursor) : m_scale.width() / 2;
    setScale(m_scale.zoomed(factor, at));
}

bool TimelinePage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == m_table && event->type() == QEvent::KeyPress)
        if (auto *key = static_cast<QKeyEvent *>(event); isCursorKey(*key)) {
            moveCursor(key);
            return true;
        }
    return Page::eventFilter(watched, event);
}

void TimelinePage::moveCursor(QKeyEvent *event)
{
    const bool later = event->key() == Qt::Key_Right;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event->modifiers().testFlag(Qt::ControlModifier))
            stepToMark(later);
        else
            moveBy((later ? 1 : -1) * (event->modifiers().testFlag(Qt::ShiftModifier) ? 60min : 1min));
        break;
    case Qt::Key_Home:
    case Qt::Key_End:
        stepToEnd(event->key() == Qt::Key_End);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(ZoomStep);
        break;
    case Qt::Key_Minus:
        zoom(1 / ZoomStep);
        break;
    case Qt::Key_0:
        setRange(m_range->current());
        break;
    default:
        return;
    }
    event->accept();
}

void TimelinePage::stepToMark(bool later)
{
    const Lane *lane = currentLane();
    if (!lane)
        return;
    const auto mark = later ? markAfter(*lane, m_cursor) : markBefore(*lane, m_cursor);
    if (mark)
        goTo(*mark);
    else
        Q_EMIT statusMessage(later ? tr("No later backup of %1").arg(oneLine(lane->cluster))
                                   : tr("No earlier backup of %1").arg(oneLine(lane->cluster)));
}

void TimelinePage::stepToEnd(bool newest)
{
    const Lane *lane = currentLane();
    const auto *insight = lane ? m_facts.insight(lane->cluster) : nullptr;
    if (!insight)
        return;
    const auto end = newest ? insight->recoverability.newest : insight->recoverability.oldest;
    if (end)
        goTo(*end);
}

// What a person typed is left as it is until it is understood; then it is written as it was taken.
void TimelinePage::goToTyped()
{
    const QString text = m_time->text().simplified();
    if (const auto exactly = Instant::parse(text))
        return understood(*exactly);
    QTimeZone zone = scene().zone;
    const QDateTime typed = typedTime(withoutZone(text, zone));
    if (!typed.isValid())
        return refuseTyped(tr("\"%1\" is no time. Type one like 2026-11-18 16:20, or 2026-11-18T16:20:00Z")
                               .arg(oneLine(text)));
    const auto readings = wallClock(typed, zone);
    if (readings.size() == 1)
        understood(Instant::fromSeconds(readings.front()) + std::chrono::milliseconds(typed.time().msec()));
    else if (readings.empty())
        refuseTyped(tr("The clock skips %1 there").arg(text));
    else
        offerReadings(readings);
}

// "2026-11-18 16:20 CET": the names of the two clocks' zones, else the active one.
QString TimelinePage::withoutZone(const QString &text, QTimeZone &zone) const
{
    const Clocks &clocks = *m_context.clocks;
    const auto ends = [&](const QString &name) { return text.endsWith(u' ' + name, Qt::CaseInsensitive); };
    if (ends(u"UTC"_s)) {
        zone = QTimeZone::utc();
        return text.chopped(4);
    }
    const auto names = [&](Instant instant) { return clocks.shortZone(instant, Clocks::Face::Local); };
    for (const QString &name : { names(m_cursor), names(m_cursor + 183 * 24h) }) // summer and winter
        if (ends(name)) {
            zone = clocks.localZone();
            return text.chopped(name.size() + 1);
        }
    return text;
}

void TimelinePage::understood(Instant instant)
{
    m_time->setModified(false);
    setInvalid(m_time, false);
    goTo(instant);
    Q_EMIT statusMessage(tr("Cursor at %1").arg(m_context.clocks->both(instant)));
}

void TimelinePage::refuseTyped(const QString &why)
{
    m_time->setModified(true);
    setInvalid(m_time, true);
    m_time->setAccessibleDescription(why);
    m_time->setToolTip(plainTip(why));
    m_time->setFocus(Qt::OtherFocusReason);
    Q_EMIT statusMessage(why);
}

// The cursor's time stands in the field unless a person is at it.
void TimelinePage::echoCursor()
{
    if (m_time->isModified())
        return;
    const Clocks &clocks = *m_context.clocks;
    m_time->setText(clocks.at(m_cursor).toString(u"yyyy-MM-dd HH:mm:ss "_s)
        + clocks.shortZone(m_cursor, clocks.active()));
    m_time->setToolTip(tr("Go to a time: 2026-11-18 16:20, also with seconds and a zone"));
    m_time->setAccessibleDescription({});
}

// The local time happens twice: a person says which one is meant.
void TimelinePage::offerReadings(const std::vector<qint64> &readings)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const qint64 reading : readings) {
        const Instant instant = Instant::fromSeconds(reading);
        menu->addAction(m_context.clocks->both(instant), this, [this, instant] { understood(instant); });
    }
    menu->popup(m_time->mapToGlobal(QPoint(0, m_time->height())));
}

void TimelinePage::copyTime()
{
    QGuiApplication::clipboard()->setText(m_context.clocks->both(m_cursor));
    Q_EMIT statusMessage(tr("Copied"));
}

void TimelinePage::openLane(int lane)
{
    if (lane < 0 || lane >= int(m_laneNames.size()))
        return;
    const QString &name = m_laneNames[std::size_t(lane)];
    if (!m_open.remove(name))
        m_open.insert(name);
    reword();
}

// The exact text needs more of the backups than is kept in memory.
void TimelinePage::recoverHere()
{
    const int row = m_table->currentIndex().row();
    if (row < 0 || row >= int(m_readout->rows().size()) || !m_recover->isEnabled())
        return;
    const ReadoutRow about = m_readout->row(row);
    const auto catalogue = m_context.catalogue->catalogue();
    std::vector<std::pair<QString, QString>> wanted;
    for (const ArtifactFact &fact : about.chain)
        wanted.emplace_back(m_facts.knowledge->facts->sources[std::size_t(fact.source)].name, fact.id);
    m_asking.restart();
    m_asking.start(artifactsOf(catalogue, m_context.fleet->fleet().name, std::move(wanted), m_asking.token()),
        [this, about](const std::vector<Artifact> &chain) { showRecovery(about, chain); });
}

void TimelinePage::showRecovery(const ReadoutRow &row, const std::vector<Artifact> &chain)
{
    RecoverQuestion question { row, m_cursor, {}, {} };
    const auto &archives = m_facts.knowledge->facts->cluster(row.cluster).archives;
    const WalArchive *archive = row.path.wal && std::size_t(row.path.wal->archive) < archives.size()
        ? &archives[std::size_t(row.path.wal->archive)]
        : nullptr;
    if (archive)
        question.archive = archive->source;
    question.recipe = recipeFor(row.path, chain, m_context.fleet->fleet().sources, archives);
    auto *dialog = new RecoverDialog(std::move(question), m_context, this);
    connect(dialog, &RecoverDialog::copied, this, [this] { Q_EMIT statusMessage(tr("Copied")); });
    dialog->open();
}

template <class Run>
PageAct TimelinePage::act(
    Acts::Menu menu, const QString &id, const QString &text, const QKeySequence &keys, Run run)
{
    PageAct made;
    made.menu = menu;
    made.id = u"timeline."_s + id;
    made.text = text;
    made.keys = keys;
    made.icon = u"timeline"_s;
    made.run = [run](Page &page) { run(static_cast<TimelinePage &>(page)); };
    return made;
}

std::vector<PageAct> TimelinePage::acts()
{
    using Menu = Acts::Menu;
    using Self = TimelinePage;
    const auto keys = [](QKeyCombination pressed) { return QKeySequence(pressed); };
    std::vector<PageAct> all {
        act(Menu::View, u"closer"_s, tr("Zoom &in"), keys(Qt::Key_Plus),
            [](Self &page) { page.zoom(ZoomStep); }),
        act(Menu::View, u"farther"_s, tr("Zoom &out"), keys(Qt::Key_Minus),
            [](Self &page) { page.zoom(1 / ZoomStep); }),
        act(Menu::View, u"fit"_s, tr("Fit the &range"), keys(Qt::Key_0),
            [](Self &page) { page.setRange(page.m_range->current()); }),
        act(Menu::View, u"open"_s, tr("Open or close the &lane"), keys(Qt::Key_Space),
            [](Self &page) { page.openLane(page.m_table->currentIndex().row()); }),
        act(Menu::Go, u"later"_s, tr("A minute later"), keys(Qt::Key_Right),
            [](Self &page) { page.moveBy(1min); }),
        act(Menu::Go, u"earlier"_s, tr("A minute earlier"), keys(Qt::Key_Left),
            [](Self &page) { page.moveBy(-1min); }),
        act(Menu::Go, u"hourLater"_s, tr("An hour later"), keys(Qt::SHIFT | Qt::Key_Right),
            [](Self &page) { page.moveBy(1h); }),
        act(Menu::Go, u"hourEarlier"_s, tr("An hour earlier"), keys(Qt::SHIFT | Qt::Key_Left),
            [](Self &page) { page.moveBy(-1h); }),
        act(Menu::Go, u"nextBackup"_s, tr("Next backup"), keys(Qt::CTRL | Qt::Key_Right),
            [](Self &page) { page.stepToMark(true); }),
        act(Menu::Go, u"previousBackup"_s, tr("Previous backup"), keys(Qt::CTRL | Qt::Key_Left),
            [](Self &page) { page.stepToMark(false); }),
        act(Menu::Go, u"oldest"_s, tr("Oldest restorable instant"), keys(Qt::Key_Home),
            [](Self &page) { page.stepToEnd(false); }),
        act(Menu::Go, u"newest"_s, tr("Newest restorable instant"), keys(Qt::Key_End),
            [](Self &page) { page.stepToEnd(true); }),
        act(Menu::Recover, u"recover"_s, tr("Recover to the &cursor…"), keys(Qt::Key_R),
            [](Self &page) { page.recoverHere(); }),
    };
    for (PageAct &one : all)
        one.heardByPage = true;
    all.push_back(act(Menu::Go, u"time"_s, tr("Go to a &time"), keys(Qt::CTRL | Qt::Key_G), [](Self &page) {
        page.m_time->setFocus(Qt::ShortcutFocusReason);
        page.m_time->selectAll();
    }));
    all.push_back(act(
        Menu::Edit, u"copyTime"_s, tr("&Copy the cursor's time"), {}, [](Self &page) { page.copyTime(); }));
    return all;
}

} // namespace tidemark
