#include "moment/momentstrip.h"

#include "moment/momentpaint.h"
#include "theme/theme.h"
#include "timeline/inks.h"
#include "timeline/timeaxis.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

MomentStrip::MomentStrip(QWidget *parent)
    : ScaleStrip(u"momentStrip"_s, parent)
{
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
    setWhole(scene.whole.from, scene.whole.to);
}

QRectF MomentStrip::frameRoom() const
{
    return timeRect().adjusted(0, 2, 0, -Theme::of(this).px(16));
}

void MomentStrip::paintWords(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QRectF head(theme.px(16), theme.px(6), timeRect().left() - theme.px(20), theme.px(16));
    painter.setPen(theme.color(Token::T1));
    painter.setFont(theme.font(FontRole::Secondary));
    textOn(painter, head, m_title, Qt::AlignLeft);
    painter.setPen(theme.color(Token::T2));
    painter.setFont(theme.font(FontRole::Small));
    textOn(painter, head.translated(0, theme.px(16)), tr("commits a minute"), Qt::AlignLeft);
}

void MomentStrip::paintTime(QPainter &painter, const QRectF &time) const
{
    const Theme &theme = Theme::of(this);
    MomentScene scene = m_scene;
    scene.scale = whole();
    const MomentBars bars = barsOf(m_scene.line, whole(), 1);
    const MomentPainting painting { painter, theme, scene, bars };
    const QRect minutes = time.toRect().adjusted(0, theme.px(4), 0, -theme.px(17));
    painting.unread(minutes);
    std::uint64_t most = 1;
    for (const auto &bucket : bars.buckets)
        most = std::max(most, bucket.commits);
    for (std::size_t i = 0; i < bars.buckets.size(); ++i) {
        const double height = minutes.height() * double(bars.buckets[i].commits) / double(most);
        const double from = whole().xOf(bars.at(i));
        const double wide = std::max(1.0, whole().xOf(bars.at(i + 1)) - from);
        painter.fillRect(QRectF(time.left() + from, minutes.bottom() + 1 - height, wide, height),
            theme.color(Token::Band2));
    }
    painter.fillRect(
        QRect(minutes.left(), minutes.bottom() + 1, minutes.width(), 1), theme.color(Token::Sep));
    const TickStep step = stepFor(whole(), theme.font(FontRole::Small).pixelSize() / 8.0);
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    for (const Tick &tick : ticks(whole(), step, m_scene.zone)) {
        const QString text = tickText(tick.at, step, m_scene.zone);
        const QRectF place(time.left() + whole().xOf(tick.at), minutes.bottom() + 1,
            painter.fontMetrics().horizontalAdvance(text) + 1, theme.px(15));
        if (place.right() <= time.right()) // rather none than half of one
            textOn(painter, place, text, Qt::AlignLeft);
    }
}

} // namespace tidemark
