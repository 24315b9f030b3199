#include "moment/momentstrip.h"

#include "moment/momentpaint.h"
#include "theme/accessiblerole.h"
#include "theme/theme.h"
#include "timeline/inks.h"
#include "timeline/timeaxis.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

MomentStrip::MomentStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"momentStrip"_s);
    setAccessibleRole(this, QAccessible::Graphic);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMouseTracking(true);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_picture = {};
        update();
    });
}

QSize MomentStrip::sizeHint() const
{
    return { 600, Theme::of(this).px(54) };
}

QRectF MomentStrip::timeRect() const
{
    const MomentPlaces places(Theme::of(this), size());
    return { double(places.head), 0, double(places.commits.width()), double(height() - 1) };
}

void MomentStrip::setTitle(const QString &title)
{
    m_title = title;
    setAccessibleName(tr("%1, commits a minute; the keys of the view below move the frame").arg(title));
}

void MomentStrip::show(const MomentScene &scene)
{
    m_scene = scene;
    m_whole = TimeScale(scene.whole.from, scene.whole.to, timeRect().width());
    m_picture = {};
    update();
}

void MomentStrip::setFrame(const TimeScale &shown)
{
    m_frame.show(shown);
    update();
}

void MomentStrip::resizeEvent(QResizeEvent *)
{
    m_whole = m_whole.resized(timeRect().width());
    m_picture = {};
}

void MomentStrip::paintMinutes(QPainter &painter, const QRectF &rect) const
{
    const Theme &theme = Theme::of(this);
    MomentScene scene = m_scene;
    scene.scale = m_whole;
    const MomentBars bars = barsOf(m_scene.line, m_whole, 1);
    const MomentPainting painting { painter, theme, scene, bars };
    const QRect minutes = rect.toRect().adjusted(0, theme.px(4), 0, -theme.px(17));
    painting.unread(minutes);
    std::uint64_t most = 1;
    for (const auto &bucket : bars.buckets)
        most = std::max(most, bucket.commits);
    for (std::size_t i = 0; i < bars.buckets.size(); ++i) {
        const double height = minutes.height() * double(bars.buckets[i].commits) / double(most);
        const double from = m_whole.xOf(bars.at(i));
        const double wide = std::max(1.0, m_whole.xOf(bars.at(i + 1)) - from);
        painter.fillRect(QRectF(rect.left() + from, minutes.bottom() + 1 - height, wide, height),
            theme.color(Token::Band));
    }
    painter.fillRect(
        QRect(minutes.left(), minutes.bottom() + 1, minutes.width(), 1), theme.color(Token::Sep));
    const TickStep step = stepFor(m_whole, theme.font(FontRole::Small).pixelSize() / 8.0);
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    for (const Tick &tick : ticks(m_whole, step, m_scene.zone))
        textOn(painter,
            QRectF(rect.left() + m_whole.xOf(tick.at), minutes.bottom() + 1, theme.px(80), theme.px(15)),
            tickText(tick.at, step, m_scene.zone), Qt::AlignLeft);
}

void MomentStrip::redraw()
{
    const Theme &theme = Theme::of(this);
    const qreal ratio = devicePixelRatioF();
    m_picture = QPixmap(size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    QPainter painter(&m_picture);
    painter.fillRect(rect(), theme.color(Token::Surface));
    const QRectF time = timeRect();
    const QRectF head(theme.px(16), theme.px(6), time.left() - theme.px(20), theme.px(16));
    painter.setPen(theme.color(Token::T1));
    painter.setFont(theme.font(FontRole::Secondary));
    textOn(painter, head, m_title, Qt::AlignLeft);
    painter.setPen(theme.color(Token::T2));
    painter.setFont(theme.font(FontRole::Small));
    textOn(painter, head.translated(0, theme.px(16)), tr("commits a minute"), Qt::AlignLeft);
    painter.setClipRect(time);
    paintMinutes(painter, time);
    painter.setClipping(false);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Sep));
}

void MomentStrip::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF())
        redraw();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(timeRect());
    m_frame.paint(painter, Theme::of(this), timeRect().adjusted(0, 2, 0, -Theme::of(this).px(16)), m_whole);
}

void MomentStrip::mousePressEvent(QMouseEvent *event)
{
    m_frame.letGo();
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto wanted = m_frame.press(event->position(), timeRect(), m_whole))
        Q_EMIT scaleWanted(*wanted);
    m_frame.hold();
}

void MomentStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    if (const auto wanted = m_frame.drag(event->position(), m_whole))
        Q_EMIT scaleWanted(*wanted);
}

} // namespace tidemark
