#include "timeline/timelinestrip.h"

#include "theme/theme.h"
#include "timeline/timeaxis.h"
#include "timeline/timelinepaint.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr auto Year = std::chrono::days(365);

} // namespace

TimelineStrip::TimelineStrip(QWidget *parent)
    : ScaleStrip(u"timelineStrip"_s, parent)
{
    setAccessibleName(tr("Overview of the whole time; the keys of the timeline below move its frame"));
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
    setWhole(from - std::chrono::days(7), scene.now + std::chrono::days(31));
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
            for (const Comb &comb : fold(lane->rows[row], whole(), 3))
                stroke({ comb.x, comb.x + 1 }, comb.bad > 0 ? Token::FailFill : Token::T2);
        for (const Stretch &stretch : foldWindows(lane->windows, whole()))
            stroke(stretch, Token::Band);
        for (const Stretch &stretch : foldGaps(lane->gaps, whole(), m_scene.now))
            stroke(stretch, Token::FailFill);
        y += step;
    }
}

void TimelineStrip::paintTime(QPainter &painter, const QRectF &time) const
{
    const Theme &theme = Theme::of(this);
    const double now = std::floor(time.left() + whole().xOf(m_scene.now));
    painter.fillRect(
        QRectF(now, time.top(), time.right() - now + 1, time.height()), theme.color(Token::Future));
    const TickStep step { whole().span() > 3 * Year ? TickUnit::Year : TickUnit::Month, 1 };
    painter.setFont(theme.font(FontRole::Small));
    double free = time.left(); // where the label before ends
    for (const Tick &tick : ticks(whole(), step, m_scene.zone)) {
        const double x = time.left() + whole().xOf(tick.at);
        painter.fillRect(QRectF(std::floor(x), time.top(), 1, time.height()), theme.color(Token::Grid));
        painter.setPen(theme.color(Token::T2));
        const QString text = monthText(tick.at);
        if (x < free)
            continue;
        free = x + 4 + painter.fontMetrics().horizontalAdvance(text);
        painter.drawText(
            QRectF(x + 4, time.top() + 1, 80, theme.px(14)), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    painter.fillRect(QRectF(now, time.top(), 1, time.height()), theme.color(Token::T1));
    painter.setRenderHint(QPainter::Antialiasing);
    paintLanes(painter, time);
}

// January carries its year.
QString TimelineStrip::monthText(Instant at) const
{
    const bool years = whole().span() > 3 * Year;
    const QString text = tickText(at, { years ? TickUnit::Year : TickUnit::Month, 1 }, m_scene.zone);
    const QDate date = QDateTime::fromSecsSinceEpoch(at.seconds(), m_scene.zone).date();
    return years || date.month() != 1 ? text : u"%1 %2"_s.arg(text).arg(date.year());
}

void TimelineStrip::paintWords(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    painter.setFont(theme.font(FontRole::Small));
    painter.setPen(theme.color(Token::T2));
    const QRectF words
        = QRectF(rect()).adjusted(theme.px(16), theme.px(4), -timeRect().width() - theme.px(8), -theme.px(4));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
        tr("%1, all clusters\ndrag the frame or its ends")
            .arg(whole().span() > 2 * Year ? tr("All that is known") : tr("One year")));
}

} // namespace tidemark
