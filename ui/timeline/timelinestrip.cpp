#include "timeline/timelinestrip.h"

#include "theme/accessiblerole.h"
#include "theme/theme.h"
#include "timeline/timeaxis.h"
#include "timeline/timelinepaint.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr auto Year = std::chrono::days(365);

} // namespace

TimelineStrip::TimelineStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"timelineStrip"_s);
    setAccessibleRole(this, QAccessible::Graphic);
    setAccessibleName(tr("Overview of the whole time; the keys of the timeline below move its frame"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMouseTracking(true);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_picture = {};
        update();
    });
}

QSize TimelineStrip::sizeHint() const
{
    return { 600, Theme::of(this).px(42) };
}

QRectF TimelineStrip::timeRect() const
{
    const TimelinePlaces places(Theme::of(this));
    return QRectF(rect()).adjusted(places.head, 0, 0, -1);
}

void TimelineStrip::show(const TimelineScene &scene, Instant oldest)
{
    m_scene = scene;
    const Instant from = std::min(oldest, scene.now - Year);
    m_whole = TimeScale(from - std::chrono::days(7), scene.now + std::chrono::days(31), timeRect().width());
    m_picture = {};
    update();
}

void TimelineStrip::setFrame(const TimeScale &shown)
{
    m_frame.show(shown);
    update();
}

void TimelineStrip::resizeEvent(QResizeEvent *)
{
    m_whole = m_whole.resized(timeRect().width());
    m_picture = {};
}

void TimelineStrip::paintLanes(QPainter &painter, const QRectF &rect) const
{
    const Theme &theme = Theme::of(this);
    const double room = rect.height() - theme.px(18);
    const double step = room / double(std::max<std::size_t>(5, m_scene.lanes.size()));
    double y = rect.top() + theme.px(16);
    for (const auto &lane : m_scene.lanes) {
        const double height = std::max(1.0, std::min(2.5, step - 1));
        const auto stroke = [&](const Stretch &stretch, Token token) {
            painter.fillRect(
                QRectF(rect.left() + stretch.x, y, std::max(1.0, stretch.end - stretch.x), height),
                theme.color(token));
        };
        for (std::size_t row = 0; row < (lane->hasBand() ? 0 : lane->rows.size()); ++row)
            for (const Comb &comb : fold(lane->rows[row], m_whole, 3))
                stroke({ comb.x, comb.x + 1 }, comb.bad > 0 ? Token::FailFill : Token::T2);
        for (const Stretch &stretch : foldWindows(lane->windows, m_whole))
            stroke(stretch, Token::Band);
        for (const Stretch &stretch : foldGaps(lane->gaps, m_whole, m_scene.now))
            stroke(stretch, Token::FailFill);
        y += step;
    }
}

void TimelineStrip::paintTime(QPainter &painter, const QRectF &time) const
{
    const Theme &theme = Theme::of(this);
    const double now = std::floor(time.left() + m_whole.xOf(m_scene.now));
    painter.fillRect(
        QRectF(now, time.top(), time.right() - now + 1, time.height()), theme.color(Token::Future));
    const TickStep step { m_whole.span() > 3 * Year ? TickUnit::Year : TickUnit::Month, 1 };
    for (const Tick &tick : ticks(m_whole, step, m_scene.zone)) {
        const double x = time.left() + m_whole.xOf(tick.at);
        painter.fillRect(QRectF(std::floor(x), time.top(), 1, time.height()), theme.color(Token::Grid));
        painter.setPen(theme.color(Token::T2));
        painter.drawText(QRectF(x + 4, time.top() + 1, 80, theme.px(14)), Qt::AlignLeft | Qt::AlignVCenter,
            monthText(tick.at));
    }
    painter.fillRect(QRectF(now, time.top(), 1, time.height()), theme.color(Token::T1));
}

// January carries its year.
QString TimelineStrip::monthText(Instant at) const
{
    const bool years = m_whole.span() > 3 * Year;
    const QString text = tickText(at, { years ? TickUnit::Year : TickUnit::Month, 1 }, m_scene.zone);
    const QDate date = QDateTime::fromSecsSinceEpoch(at.seconds(), m_scene.zone).date();
    return years || date.month() != 1 ? text : u"%1 %2"_s.arg(text).arg(date.year());
}

void TimelineStrip::redraw()
{
    const Theme &theme = Theme::of(this);
    const qreal ratio = devicePixelRatioF();
    m_picture = QPixmap(size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    QPainter painter(&m_picture);
    painter.fillRect(rect(), theme.color(Token::Surface));
    const QRectF time = timeRect();
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    const QRectF words
        = QRectF(rect()).adjusted(theme.px(16), theme.px(4), -time.width() - theme.px(8), -theme.px(4));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
        tr("%1, all clusters\ndrag the frame or its ends")
            .arg(m_whole.span() > 2 * Year ? tr("All that is known") : tr("One year")));
    painter.setClipRect(time);
    paintTime(painter, time);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLanes(painter, time);
    painter.setClipping(false);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Sep));
}

void TimelineStrip::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF())
        redraw();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(timeRect());
    m_frame.paint(painter, Theme::of(this), timeRect(), m_whole);
}

void TimelineStrip::mousePressEvent(QMouseEvent *event)
{
    m_frame.letGo();
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto wanted = m_frame.press(event->position(), timeRect(), m_whole))
        Q_EMIT scaleWanted(*wanted);
    m_frame.hold();
}

void TimelineStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        if (const auto wanted = m_frame.drag(event->position(), m_whole))
            Q_EMIT scaleWanted(*wanted);
        return;
    }
    const auto grip = m_frame.gripAt(event->position(), timeRect(), m_whole);
    const bool end = grip == ScaleFrame::Grip::Left || grip == ScaleFrame::Grip::Right;
    setCursor(end ? Qt::SizeHorCursor : Qt::ArrowCursor);
}

} // namespace tidemark
