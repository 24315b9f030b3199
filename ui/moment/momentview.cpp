#include "moment/momentview.h"

#include "moment/momentwords.h"
#include "theme/theme.h"
#include "timeline/inks.h"
#include "timeline/wheel.h"
#include "widgets/figures.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr double LeastBar = 5; // px

} // namespace

MomentView::MomentView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    installCalendarAccess();
    setObjectName(u"momentView"_s);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    connect(&Theme::of(this), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

MomentPlaces MomentView::where() const
{
    return { Theme::of(this), viewport()->size() };
}

QSize MomentView::sizeHint() const
{
    return { 700, Theme::of(this).px(430) };
}

QSize MomentView::minimumSizeHint() const
{
    return { 360, 230 }; // large text gets less of the picture rather than a wider window
}

double MomentView::timeWidth() const
{
    return where().commits.width();
}

void MomentView::show(MomentScene scene)
{
    m_scene = std::move(scene);
    arrange();
}

void MomentView::setScale(const TimeScale &scale)
{
    m_scene.scale = scale;
    arrange();
}

void MomentView::setCurrent(int event)
{
    m_scene.current = event;
    viewport()->update();
}

void MomentView::setStop(std::optional<Instant> at, const QString &text)
{
    m_scene.stop = at;
    m_scene.stopText = text;
    viewport()->update();
}

void MomentView::arrange()
{
    const MomentPlaces places = where();
    m_scene.scale = m_scene.scale.resized(places.commits.width());
    m_bars = barsOf(m_scene.line, m_scene.scale, LeastBar);
    const int room = viewport()->height() - places.lanes;
    verticalScrollBar()->setPageStep(std::max(1, room));
    verticalScrollBar()->setSingleStep(places.lane);
    verticalScrollBar()->setRange(0, std::max(0, int(m_scene.lanes.size()) * places.lane - room));
    viewport()->update();
}

QRect MomentView::laneRect(int lane) const
{
    if (lane < 0 || lane >= int(m_scene.lanes.size()))
        return {};
    const MomentPlaces places = where();
    return { 0, places.lanes + lane * places.lane - verticalScrollBar()->value(), viewport()->width(),
        places.lane };
}

std::vector<MarkPlace> MomentView::places(int lane) const
{
    const MomentPlaces places = where();
    QRect time = laneRect(lane);
    time.setLeft(places.head);
    time.setWidth(places.commits.width());
    return placesOf(m_scene.lanes[std::size_t(lane)], m_scene, Theme::of(this), time);
}

int MomentView::eventAt(const QPoint &point) const
{
    const MomentPlaces where = this->where();
    if (point.x() < where.head)
        return -1;
    if (where.deleted.contains(point) || where.commits.contains(point)) {
        const Instant from = m_scene.scale.at(point.x() - where.head - 4);
        const Instant to = m_scene.scale.at(point.x() - where.head + 4);
        for (std::size_t i = 0; i < m_scene.events.size(); ++i)
            if (const WalTransaction &one = *m_scene.events[i].transaction;
                one.kind == WalClass::Destructive && one.at + m_bars.width >= from && one.at <= to)
                return int(i);
        return -1;
    }
    const int lane = (point.y() - where.lanes + verticalScrollBar()->value()) / where.lane;
    if (point.y() < where.lanes || lane >= int(m_scene.lanes.size()))
        return -1;
    const auto places = this->places(lane);
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i].rect.adjusted(-3, -4, 3, 4).contains(point))
            return int(m_scene.lanes[std::size_t(lane)].marks[i].event);
    return -1;
}

QString MomentView::dayWords(int lane) const
{
    const MomentLane &one = m_scene.lanes[std::size_t(lane)];
    return tr("%1, %n events", nullptr, int(one.marks.size())).arg(one.name);
}

bool MomentView::isChosen(int lane) const
{
    return std::ranges::any_of(m_scene.lanes[std::size_t(lane)].marks,
        [this](const MomentMark &mark) { return int(mark.event) == m_scene.current; });
}

int MomentView::itemCount(int lane) const
{
    return int(m_scene.lanes[std::size_t(lane)].marks.size());
}

QRect MomentView::itemPlace(int lane, int item) const
{
    return places(lane)[std::size_t(item)].rect.toAlignedRect();
}

QString MomentView::itemWords(int lane, int item) const
{
    return wordsOf(m_scene.lanes[std::size_t(lane)].marks[std::size_t(item)].event);
}

void MomentView::paintHeads(QPainter &painter, const MomentPlaces &places) const
{
    const Theme &theme = Theme::of(this);
    const auto words = [&](const QRect &beside, const QString &first, const QString &second) {
        const QRectF line(theme.px(16), beside.top() + theme.px(2), places.head - theme.px(52), theme.px(16));
        painter.setFont(theme.font(FontRole::Secondary));
        painter.setPen(theme.color(Token::T1));
        textOn(painter, line, first, Qt::AlignLeft);
        painter.setFont(theme.font(FontRole::Small));
        painter.setPen(theme.color(Token::T2));
        textOn(painter, line.translated(0, theme.px(15)), second, Qt::AlignLeft);
    };
    const QString each = MomentWords::width(m_bars.width);
    words(places.commits, tr("Transactions"), each);
    words(places.deleted, tr("Rows deleted"), tr("%1, log").arg(each));
    const QRectF axis(theme.px(16), places.axis.top() + theme.px(2), places.head, places.axis.height() / 2.0);
    painter.setFont(theme.font(FontRole::SecondaryStrong));
    painter.setPen(theme.color(Token::T1));
    textOn(painter, axis, m_scene.zoneText, Qt::AlignLeft);
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T2));
    textOn(painter, axis.translated(0, axis.height() - 2), m_scene.otherText, Qt::AlignLeft);
    painter.fillRect(QRect(0, places.axis.bottom(), places.head, 1), theme.color(Token::Sep));
}

void MomentView::paintLanes(QPainter &painter, const MomentPlaces &places) const
{
    const Theme &theme = Theme::of(this);
    const MomentPainting painting { painter, theme, m_scene, m_bars };
    painter.setClipRect(viewport()->rect().adjusted(0, places.lanes, 0, 0));
    for (int i = 0; i < int(m_scene.lanes.size()); ++i) {
        const MomentLane &lane = m_scene.lanes[std::size_t(i)];
        QRect rect = laneRect(i);
        if (rect.bottom() < places.lanes || rect.top() > viewport()->height())
            continue;
        QFont mono = theme.font(FontRole::MonoSmall);
        mono.setWeight(lane.loud ? QFont::DemiBold : QFont::Normal);
        painter.setFont(mono);
        painter.setPen(theme.color(lane.loud ? Token::T1 : Token::T2));
        const QRect name = rect.adjusted(theme.px(16), 0, places.head - rect.right() - theme.px(6), 0);
        textOn(painter, name, painter.fontMetrics().elidedText(lane.name, Qt::ElideMiddle, name.width()),
            Qt::AlignLeft);
        painter.fillRect(QRect(0, rect.bottom(), places.head, 1), theme.color(Token::Grid));
        rect.setLeft(places.head);
        rect.setWidth(places.commits.width());
        painting.lane(lane, rect);
    }
    painter.setClipping(false);
}

void MomentView::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const MomentPlaces places = where();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.color(Token::Surface));
    painter.setRenderHint(QPainter::Antialiasing);
    const MomentPainting painting { painter, theme, m_scene, m_bars };
    for (const QRect &chart : { places.commits, places.deleted }) {
        painter.setClipRect(chart.adjusted(-places.head, -2, 0, 2));
        painting.unread(chart);
        painting.lost(chart);
    }
    painter.setClipRect(places.commits.adjusted(-places.head, -2, 0, 2));
    painting.commits(places.commits);
    painting.unreadWords(places.commits);
    painter.setClipRect(places.deleted.adjusted(-places.head, -2, 0, 2));
    painting.deleted(places.deleted);
    painter.setClipRect(QRect(places.head, 0, places.commits.width(), viewport()->height()));
    painting.axis(places.axis);
    painter.setClipping(false);
    paintLanes(painter, places);
    paintHeads(painter, places);
    painting.stop(
        places.flags, QRect(places.head, places.flags.top(), places.commits.width(), viewport()->height()));
    if (hasFocus()) {
        painter.setPen(QPen(theme.color(Token::AccLine), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void MomentView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void MomentView::pinch(double factor, double x)
{
    const double inside = std::clamp(x - where().head, 0.0, timeWidth());
    Q_EMIT scaleWanted(m_scene.scale.zoomed(factor, inside));
}

void MomentView::wheelEvent(QWheelEvent *event)
{
    const double inside = event->position().x() - where().head;
    if (inside < 0)
        return QAbstractScrollArea::wheelEvent(event);
    Q_EMIT scaleWanted(wheeled(m_scene.scale, *event, std::min(inside, timeWidth())));
    event->accept();
}

void MomentView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    m_scalePressed = m_scene.scale;
    m_dragging = false;
}

void MomentView::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        viewport()->setCursor(eventAt(event->pos()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    const int dx = event->pos().x() - m_pressed.x();
    m_dragging = m_dragging || std::abs(dx) > 4;
    if (m_dragging && m_pressed.x() >= where().head)
        Q_EMIT scaleWanted(m_scalePressed.panned(-dx));
}

void MomentView::mouseReleaseEvent(QMouseEvent *event)
{
    const int found = event->button() == Qt::LeftButton && !m_dragging ? eventAt(event->pos()) : -1;
    m_dragging = false;
    if (found >= 0)
        Q_EMIT eventWanted(found);
}

void MomentView::keyPressEvent(QKeyEvent *event)
{
    const double width = timeWidth();
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? width : width / 10;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        Q_EMIT scaleWanted(m_scene.scale.panned(event->key() == Qt::Key_Left ? -step : step));
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        Q_EMIT stepWanted(event->key() == Qt::Key_Up ? -1 : 1);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        Q_EMIT scaleWanted(m_scene.scale.zoomed(ZoomStep, width / 2));
        break;
    case Qt::Key_Minus:
        Q_EMIT scaleWanted(m_scene.scale.zoomed(1 / ZoomStep, width / 2));
        break;
    case Qt::Key_Home:
        Q_EMIT scaleWanted(m_scene.scale.centred(m_scene.whole.from + m_scene.scale.span() / 2));
        break;
    case Qt::Key_End:
        Q_EMIT scaleWanted(m_scene.scale.centred(m_scene.now - m_scene.scale.span() / 2));
        break;
    case Qt::Key_0:
        Q_EMIT fitWanted();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void MomentView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void MomentView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool MomentView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture)
            pinch(1 + gesture->value(), gesture->position().x());
        return true;
    }
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int found = eventAt(help->pos());
    QToolTip::showText(
        help->globalPos(), found < 0 ? QString() : plainTip(wordsOf(std::size_t(found))), viewport());
    return true;
}

} // namespace tidemark
