#include "timeline/timelineview.h"

#include "theme/theme.h"
#include "timeline/lanepaint.h"
#include "timeline/timelineaccess.h"
#include "timeline/timelinepaint.h"
#include "timeline/wheel.h"
#include "widgets/figures.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

TimelineView::TimelineView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(u"timeline"_s);
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    installTimelineAccess();
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        arrange();
        dirty();
    });
}

void TimelineView::show(TimelineScene scene)
{
    m_scene = std::move(scene);
    m_scene.scale = m_scene.scale.resized(timeRect().width());
    m_scene.open.resize(m_scene.lanes.size());
    arrange();
    dirty();
}

// Where everything is; the same for painting, clicking and reading out.
void TimelineView::arrange()
{
    const TimelinePlaces places(Theme::of(this));
    m_strips.clear();
    m_tops.assign(1, 0);
    for (std::size_t i = 0; i < m_scene.lanes.size(); ++i) {
        m_strips.push_back(stripsOf(*m_scene.lanes[i], m_scene.open[i], places));
        m_tops.push_back(m_tops.back() + heightOf(m_strips.back(), places));
    }
    fitScrollBar();
}

void TimelineView::setScale(TimeScale scale)
{
    m_scene.scale = scale.resized(timeRect().width());
    m_dirty = true;
    viewport()->update();
}

void TimelineView::setCursorAt(Instant instant, const QString &text)
{
    updateCursorColumn();
    m_scene.cursor = instant;
    m_scene.cursorText = text;
    updateCursorColumn();
}

void TimelineView::setCurrent(int lane)
{
    m_scene.current = lane;
    if (const QRect rect = laneRect(lane); rect.isValid()) {
        const int hidden = rect.bottom() - viewport()->rect().bottom();
        const int above = timeRect().top() - rect.top();
        if (hidden > 0 || above > 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() + (above > 0 ? -above : hidden));
    }
    dirty();
}

// Cursor line and flag: one column over the whole height, and the axis.
void TimelineView::updateCursorColumn()
{
    const QRect time = timeRect();
    const int x = time.left() + int(std::floor(m_scene.scale.xOf(m_scene.cursor)));
    viewport()->update(QRect(x - 3, 0, 6, viewport()->height()));
    viewport()->update(QRect(0, 0, viewport()->width(), time.top()));
}

void TimelineView::dirty()
{
    m_dirty = m_headsDirty = true;
    viewport()->update();
}

QRect TimelineView::timeRect() const
{
    const TimelinePlaces places(Theme::of(this));
    return viewport()->rect().adjusted(places.head, places.axis, 0, 0);
}

int TimelineView::contentHeight() const
{
    return m_tops.empty() ? 0 : m_tops.back();
}

QRect TimelineView::laneRect(int lane) const
{
    if (lane < 0 || lane + 1 >= int(m_tops.size()))
        return {};
    const auto at = std::size_t(lane);
    const int top = timeRect().top() - verticalScrollBar()->value() + m_tops[at];
    return { 0, top, viewport()->width(), m_tops[at + 1] - m_tops[at] };
}

int TimelineView::laneAt(const QPoint &point) const
{
    const int y = point.y() - timeRect().top() + verticalScrollBar()->value();
    if (point.y() < timeRect().top() || y >= contentHeight())
        return -1;
    return int(std::upper_bound(m_tops.begin(), m_tops.end(), y) - m_tops.begin()) - 1;
}

std::vector<TimelineItem> TimelineView::items(int lane) const
{
    if (lane < 0 || lane >= int(m_strips.size()))
        return {};
    const auto at = std::size_t(lane);
    return itemsOf(
        *m_scene.lanes[at], m_strips[at], m_scene.scale, m_scene.now, TimelinePlaces(Theme::of(this)));
}

QString TimelineView::wordsOf(int lane, const TimelineItem &item) const
{
    return m_itemWords ? m_itemWords(lane, item) : QString();
}

void TimelineView::fitScrollBar()
{
    const int page = timeRect().height();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(Theme::of(this).px(40));
    verticalScrollBar()->setRange(0, std::max(0, contentHeight() - page));
}

void TimelineView::redraw()
{
    const Theme &theme = Theme::of(this);
    const TimelinePlaces places(theme);
    const qreal ratio = devicePixelRatioF();
    const QSize pixels = viewport()->size() * ratio;
    if (m_picture.size() != pixels) {
        m_picture = QPixmap(pixels);
        m_headsDirty = true;
    }
    m_picture.setDevicePixelRatio(ratio);
    QPainter painter(&m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect time = timeRect();
    painter.setClipRect(time);
    paintGrid(painter, theme, m_scene, time);
    for (int i = 0; i < int(m_scene.lanes.size()); ++i) {
        const QRect rect = laneRect(i);
        const auto at = std::size_t(i);
        if (rect.bottom() < time.top() || rect.top() > time.bottom())
            continue;
        paintLane(painter, theme, m_scene, at, rect.adjusted(places.head, 0, 0, 0), places, m_strips[at]);
    }
    if (m_headsDirty)
        drawHeads(painter);
    m_dirty = m_headsDirty = false;
}

void TimelineView::drawHeads(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QRect heads(0, timeRect().top(), timeRect().left(), timeRect().height());
    painter.setClipRect(heads);
    for (int i = 0; i < int(m_scene.lanes.size()); ++i) {
        const QRect rect = laneRect(i);
        if (rect.intersects(heads))
            paintLaneHead(painter, theme, m_scene.words[std::size_t(i)],
                { i == m_scene.current, bool(m_scene.open[std::size_t(i)]) },
                QRect(0, rect.top(), heads.width(), rect.height()));
    }
    const int bottom = heads.top() - verticalScrollBar()->value() + contentHeight();
    if (bottom <= heads.bottom())
        painter.fillRect(
            QRect(0, bottom, heads.width(), heads.bottom() - bottom + 1), theme.color(Token::Surface));
}

void TimelineView::paintCorner(QPainter &painter, const QRect &corner) const
{
    const Theme &theme = Theme::of(this);
    painter.fillRect(corner, theme.color(Token::Surface));
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T2));
    const QRect words = corner.adjusted(theme.px(16), theme.px(30), -theme.px(10), 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, tr("Cluster"));
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, m_scene.axisText);
    painter.fillRect(QRect(0, corner.bottom(), corner.width(), 1), theme.color(Token::Sep));
}

void TimelineView::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(this);
    if (m_dirty || m_picture.devicePixelRatioF() != devicePixelRatioF())
        redraw();
    QPainter painter(viewport());
    const qreal ratio = m_picture.devicePixelRatioF();
    const QRect part = event->rect();
    painter.drawPixmap(part, m_picture, QRectF(part.topLeft() * ratio, QSizeF(part.size()) * ratio).toRect());
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect time = timeRect();
    const QRect axis(time.left(), 0, time.width(), time.top());
    painter.setClipRect(time);
    paintCursor(painter, theme, m_scene, time);
    painter.setClipping(false);
    if (part.top() < axis.height()) {
        paintCorner(painter, QRect(0, 0, time.left(), axis.height()));
        painter.setClipRect(axis);
        paintAxis(painter, theme, m_scene, axis);
        paintFlags(painter, theme, m_scene, axis);
        painter.setClipping(false);
    }
    if (const QRect lane = laneRect(m_scene.current); hasFocus() && lane.isValid()) {
        painter.setClipRect(viewport()->rect().adjusted(0, time.top(), 0, 0));
        painter.setPen(QPen(theme.color(Token::AccLine), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(lane.adjusted(1, 1, -1, -1));
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QString TimelineView::tipAt(QPoint point) const
{
    const int lane = laneAt(point);
    if (lane < 0)
        return {};
    if (point.x() < timeRect().left())
        return m_scene.words[std::size_t(lane)].spoken;
    const auto all = items(lane);
    const QPoint inside = point - QPoint(timeRect().left(), laneRect(lane).top());
    const int item = itemAt(all, inside);
    return item < 0 ? QString() : wordsOf(lane, all[std::size_t(item)]);
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString tip = tipAt(help->pos());
    QToolTip::showText(help->globalPos(), tip.isEmpty() ? QString() : plainTip(tip), viewport());
    return true;
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
    m_scene.scale = m_scene.scale.resized(timeRect().width());
    dirty();
}

void TimelineView::scrollContentsBy(int, int)
{
    dirty();
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const double inside = event->position().x() - timeRect().left();
    if (inside < 0)
        return QAbstractScrollArea::wheelEvent(event);
    Q_EMIT scaleWanted(wheeled(m_scene.scale, *event, inside));
    event->accept();
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->pos();
    m_scalePressed = m_scene.scale;
    m_dragging = false;
    if (const int lane = laneAt(event->pos()); lane >= 0) {
        Q_EMIT laneWanted(lane);
        if (onArrow(lane, event->pos()))
            Q_EMIT openWanted(lane);
    }
}

bool TimelineView::onArrow(int lane, QPoint point) const
{
    const int side = Theme::of(this).px(26);
    return QRect(laneRect(lane).topLeft(), QSize(side, side + side / 4)).contains(point);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton) || m_pressed.x() < timeRect().left())
        return;
    const int dx = event->pos().x() - m_pressed.x();
    m_dragging = m_dragging || std::abs(dx) > 4;
    if (m_dragging)
        Q_EMIT scaleWanted(m_scalePressed.panned(-dx));
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    const QRect time = timeRect();
    if (event->button() == Qt::LeftButton && !m_dragging && event->pos().x() >= time.left())
        Q_EMIT cursorWanted(m_scene.scale.at(event->pos().x() - time.left()));
    m_dragging = false;
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const int lane = laneAt(event->pos());
        lane >= 0 && event->pos().x() < timeRect().left() && !onArrow(lane, event->pos()))
        Q_EMIT laneActivated(lane);
}

void TimelineView::moveLane(int by)
{
    const int count = int(m_scene.lanes.size());
    if (count > 0)
        Q_EMIT laneWanted(std::clamp(m_scene.current + by, 0, count - 1));
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const double middle = timeRect().width() / 2.0;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        moveLane(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        Q_EMIT scaleWanted(m_scene.scale.zoomed(ZoomStep, middle));
        return;
    case Qt::Key_Minus:
        Q_EMIT scaleWanted(m_scene.scale.zoomed(1 / ZoomStep, middle));
        return;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        Q_EMIT scaleWanted(m_scene.scale.panned((event->key() == Qt::Key_PageUp ? -1 : 1) * middle));
        return;
    case Qt::Key_Space:
        Q_EMIT openWanted(m_scene.current);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT laneActivated(m_scene.current);
        return;
    default:
        event->ignore();
        Q_EMIT moveWanted(event);
        if (!event->isAccepted())
            QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace tidemark
