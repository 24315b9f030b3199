#include "calendar/calendarsurface.h"

#include "widgets/figures.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace tidemark {

CalendarSurface::CalendarSurface(CalendarWords words, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_words(std::move(words))
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    installCalendarAccess();
    connect(&theme(), &Theme::changed, this, [this] { viewport()->update(); });
}

void CalendarSurface::setScene(CalendarScene scene)
{
    m_scene = std::move(scene);
    viewport()->update();
}

QString CalendarSurface::dayWords(int day) const
{
    const CalendarDay &about = *shownDays()[std::size_t(day)];
    return u"%1: %2"_s.arg(CalendarWords::day(about.date), CalendarWords::daySummary(m_scene, about));
}

bool CalendarSurface::isChosen(int day) const
{
    return shownDays()[std::size_t(day)]->date == m_scene.chosen;
}

int CalendarSurface::itemCount(int day) const
{
    const CalendarDay &about = *shownDays()[std::size_t(day)];
    return int(about.runs.size() + about.conflicts.size());
}

QString CalendarSurface::itemWords(int day, int item) const
{
    const CalendarDay &about = *shownDays()[std::size_t(day)];
    const auto at = std::size_t(item);
    if (at < about.runs.size())
        return m_words.runTip(m_scene, m_scene.runAt(about.runs[at]));
    const Conflict &conflict = m_scene.facts->conflicts[std::size_t(about.conflicts[at - about.runs.size()])];
    const QString words
        = CalendarWords::conflictTitle(m_scene, conflict) + u", "_s + m_words.conflictText(m_scene, conflict);
    return conflict.accepted ? words + u' ' + tr("Accepted.") : words;
}

void CalendarSurface::sayChosen(const QString &what)
{
    const CalendarDay day = dayOf(*m_scene.facts, m_scene.chosen, m_scene.zone);
    const QString text
        = u"%1, %2: %3"_s.arg(what, CalendarWords::day(day.date), CalendarWords::daySummary(m_scene, day));
    if (text != accessibleName())
        setAccessibleName(text);
}

void CalendarSurface::keyPressEvent(QKeyEvent *event)
{
    const QDate day = m_scene.chosen;
    switch (event->key()) {
    case Qt::Key_Left:
        return Q_EMIT dayWanted(day.addDays(-1));
    case Qt::Key_Right:
        return Q_EMIT dayWanted(day.addDays(1));
    case Qt::Key_Up:
        return Q_EMIT dayWanted(day.addDays(-rowStep()));
    case Qt::Key_Down:
        return Q_EMIT dayWanted(day.addDays(rowStep()));
    case Qt::Key_PageUp:
        return Q_EMIT dayWanted(day.addMonths(-1));
    case Qt::Key_PageDown:
        return Q_EMIT dayWanted(day.addMonths(1));
    case Qt::Key_Home:
        return Q_EMIT dayWanted(day.addDays(1 - day.dayOfWeek()));
    case Qt::Key_End:
        return Q_EMIT dayWanted(day.addDays(7 - day.dayOfWeek()));
    case Qt::Key_T:
    case Qt::Key_0:
        if (event->modifiers() & ~Qt::KeypadModifier)
            return event->ignore();
        return Q_EMIT dayWanted(m_scene.today);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return Q_EMIT dayOpened();
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void CalendarSurface::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CalendarSurface::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool CalendarSurface::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString tip = tipAt(help->pos());
    QToolTip::showText(help->globalPos(), tip.isEmpty() ? QString() : plainTip(tip), viewport());
    return true;
}

void paintLine(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font,
    const QColor &ink, Qt::Alignment align, Qt::TextElideMode elide)
{
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(rect, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
        QFontMetricsF(font).elidedText(text, elide, rect.width()));
}

} // namespace tidemark
