#include "timeline/scalestrip.h"

#include "theme/accessiblerole.h"
#include "theme/theme.h"
#include "timeline/wheel.h"

#include <QMouseEvent>
#include <QPainter>

namespace tidemark {

ScaleStrip::ScaleStrip(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(name);
    setAccessibleRole(this, QAccessible::Graphic);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMouseTracking(true);
    connect(&Theme::of(this), &Theme::changed, this, &ScaleStrip::repaintAll);
}

void ScaleStrip::repaintAll()
{
    m_picture = {};
    update();
}

void ScaleStrip::setWhole(Instant from, Instant to)
{
    m_whole = TimeScale(from, to, timeRect().width());
    repaintAll();
}

void ScaleStrip::setFrame(const TimeScale &shown)
{
    m_frame.show(shown);
    update();
}

QRectF ScaleStrip::frameRect() const
{
    return m_frame.rect(frameRoom(), m_whole);
}

void ScaleStrip::resizeEvent(QResizeEvent *)
{
    m_whole = m_whole.resized(timeRect().width());
    m_picture = {};
}

void ScaleStrip::redraw()
{
    const Theme &theme = Theme::of(this);
    const qreal ratio = devicePixelRatioF();
    m_picture = QPixmap(size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    QPainter painter(&m_picture);
    painter.fillRect(rect(), theme.color(Token::Surface));
    paintWords(painter);
    painter.setClipRect(timeRect());
    paintTime(painter, timeRect());
    painter.setClipping(false);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Sep));
}

void ScaleStrip::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF())
        redraw();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(timeRect());
    m_frame.paint(painter, Theme::of(this), frameRoom(), m_whole);
}

void ScaleStrip::mousePressEvent(QMouseEvent *event)
{
    m_frame.letGo();
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto wanted = m_frame.press(event->position(), timeRect(), m_whole))
        Q_EMIT scaleWanted(*wanted);
    m_frame.hold();
}

void ScaleStrip::mouseMoveEvent(QMouseEvent *event)
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

void ScaleStrip::wheelEvent(QWheelEvent *event)
{
    const TimeScale &shown = m_frame.shown();
    Q_EMIT scaleWanted(wheeled(shown, *event, shown.width() / 2));
    event->accept();
}

} // namespace tidemark
