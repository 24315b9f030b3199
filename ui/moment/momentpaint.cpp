#include "moment/momentpaint.h"

#include "moment/momentwords.h"
#include "theme/fills.h"
#include "theme/glyphs.h"
#include "theme/theme.h"
#include "timeline/inks.h"
#include "timeline/timeaxis.h"
#include "widgets/amounts.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

MomentPlaces::MomentPlaces(const Theme &theme, const QSize &size)
    : head(theme.px(168))
    , lane(theme.px(24))
{
    const int width = std::max(1, size.width() - head - theme.px(10));
    const int rest = std::max(0, size.height() - theme.px(18 + 62 + 38));
    const int high = std::clamp(rest / 2, theme.px(40), theme.px(150));
    flags = QRect(head, 0, width, theme.px(18));
    commits = QRect(head, flags.bottom() + 1, width, high);
    deleted = QRect(head, commits.bottom() + 1 + theme.px(8), width, theme.px(54));
    axis = QRect(head, deleted.bottom() + 1, width, theme.px(38));
    lanes = axis.bottom() + 1;
}

std::vector<MarkPlace> placesOf(
    const MomentLane &lane, const MomentScene &scene, const Theme &theme, const QRect &rect)
{
    const QFontMetricsF metrics(theme.font(FontRole::SmallStrong));
    const double left = rect.left();
    const double right = rect.right();
    std::vector<MarkPlace> places;
    for (std::size_t i = 0; i < lane.marks.size(); ++i) {
        const MomentMark &mark = lane.marks[i];
        const double x = left + scene.scale.xOf(mark.at);
        double room = right - x;
        if (i + 1 < lane.marks.size())
            room = std::min(room, scene.scale.xOf(lane.marks[i + 1].at) - scene.scale.xOf(mark.at) - 4);
        const double top = rect.top() + theme.px(4);
        const double height = rect.height() - 2 * theme.px(4);
        const double wide = metrics.horizontalAdvance(mark.text) + theme.px(30);
        const double before = i == 0 ? x - left : 0;
        MarkPlace place { QRectF(x, top, theme.px(5), height), false, {} };
        if (mark.loud && room >= std::min(wide, double(theme.px(60)))) {
            place = { QRectF(x, top, std::min(wide, room), height), true, mark.text };
        } else if (mark.loud && before >= wide) {
            place = { QRectF(x - wide, top, wide, height), true, mark.text };
        } else if (room >= wide) {
            place.text = mark.text;
        }
        places.push_back(place);
    }
    return places;
}

std::vector<std::pair<QRectF, QString>> MomentPainting::unreadParts(const QRect &rect) const
{
    std::vector<std::pair<QRectF, QString>> parts;
    const auto x = [&](Instant at) { return rect.left() + scene.scale.xOf(at); };
    const auto add = [&](Instant from, Instant to, const QString &text) {
        if (x(to) - x(from) >= 1)
            parts.emplace_back(QRectF(x(from), rect.top(), x(to) - x(from), rect.height()), text);
    };
    const auto words = [&](const MomentSpan &span) {
        switch (unreadAs(scene, span)) {
        case Unread::Behind:
            return MomentWords::tr("nothing read behind it");
        case Unread::Missing:
            return MomentWords::tr("WAL is missing");
        case Unread::NotRead:
            break;
        }
        return MomentWords::tr("not read");
    };
    for (const MomentSpan &span : unreadSpans(scene.read, { scene.scale.from(), scene.scale.to() })) {
        const Instant past = std::clamp(scene.now, span.from, span.to);
        add(span.from, past, words(span));
        add(past, span.to, MomentWords::tr("not yet"));
    }
    return parts;
}

void MomentPainting::unread(const QRect &rect) const
{
    for (const auto &[part, text] : unreadParts(rect)) {
        painter.fillRect(part, theme.color(Token::Future));
        painter.drawTiledPixmap(part, hatchTile(theme, Fill::Future, painter.device()->devicePixelRatioF()));
    }
}

void MomentPainting::unreadWords(const QRect &rect) const
{
    painter.setFont(theme.font(FontRole::Small));
    for (const auto &[part, text] : unreadParts(rect)) {
        const QRectF seen = part.intersected(rect);
        const QRectF place(seen.left() + 6, seen.center().y() - theme.px(8), seen.width() - 8, theme.px(16));
        if (painter.fontMetrics().horizontalAdvance(text) + 20 < seen.width())
            plated(painter, place, text, theme.color(Token::Surface), theme.color(Token::T2));
    }
}

void MomentPainting::lost(const QRect &rect) const
{
    if (!scene.stop)
        return;
    const double x = std::max(0.0, scene.scale.xOf(*scene.stop));
    const double end = std::min(scene.scale.xOf(scene.now), double(rect.width()));
    const QRectF part(rect.left() + x, rect.top(), end - x, rect.height());
    if (part.width() < 1)
        return;
    QColor ground = theme.color(Token::FailTint);
    ground.setAlphaF(0.5F);
    painter.fillRect(part, ground);
    painter.drawTiledPixmap(part, hatchTile(theme, Fill::Lost, painter.device()->devicePixelRatioF()));
}

void MomentPainting::levels(const QRect &rect, const std::vector<std::pair<double, QString>> &levels) const
{
    painter.setFont(theme.font(FontRole::Small));
    for (const auto &[share, text] : levels) {
        const double y = std::floor(rect.bottom() - share * (rect.height() - 4)) + 0.5;
        painter.setPen(theme.color(Token::Grid));
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
        painter.setPen(theme.color(Token::T2));
        textOn(painter, QRectF(rect.left() - theme.px(60), y - theme.px(8), theme.px(56), theme.px(16)), text,
            Qt::AlignRight);
    }
}

void MomentPainting::bar(const QRect &rect, std::size_t bucket, double share, Token token) const
{
    const double from = scene.scale.xOf(bars.at(bucket));
    const double to = scene.scale.xOf(bars.at(bucket + 1));
    const double gap = to - from > 4 ? 1.5 : 0.5;
    const double height = std::max(share * (rect.height() - 4), 1.0);
    const QRectF whole(
        rect.left() + from, rect.bottom() + 1 - height, std::max(1.0, to - from - gap), height);
    painter.fillRect(whole.intersected(QRectF(rect)), theme.color(token));
}

// What would be undone or lost is grey.
Token MomentPainting::inkOf(std::size_t bucket, Token usual) const
{
    return scene.stop && bars.at(bucket) >= *scene.stop ? Token::T3 : usual;
}

// 1, 2 or 5 with zeros, so that some lines fit below the most.
static std::uint64_t levelStep(std::uint64_t most)
{
    std::uint64_t step = 1;
    for (int i = 0; step * 4 < most; ++i)
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    return step;
}

void MomentPainting::commits(const QRect &rect) const
{
    std::uint64_t most = 4;
    for (const auto &bucket : bars.buckets)
        most = std::max(most, bucket.commits);
    const std::uint64_t step = levelStep(most);
    std::vector<std::pair<double, QString>> lines;
    for (std::uint64_t at = step; at <= most; at += step)
        lines.emplace_back(double(at) / double(most), MomentWords::number(at));
    levels(rect, lines);
    for (std::size_t i = 0; i < bars.buckets.size(); ++i)
        if (bars.buckets[i].commits > 0)
            bar(rect, i, double(bars.buckets[i].commits) / double(most), inkOf(i, Token::Band));
    painter.fillRect(QRect(rect.left(), rect.bottom() + 1, rect.width(), 1), theme.color(Token::Sep));
}

static double logShare(std::uint64_t rows)
{
    constexpr double Top = 7; // ten million rows
    return std::min(1.0, std::log10(1.0 + double(rows)) / Top);
}

void MomentPainting::deleted(const QRect &rect) const
{
    levels(rect,
        { { 3 / 7.0, MomentWords::tr("1 k") }, { 5 / 7.0, MomentWords::tr("100 k") },
            { 1.0, MomentWords::tr("10 M") } });
    for (std::size_t i = 0; i < bars.buckets.size(); ++i)
        if (bars.buckets[i].deleted > 0)
            bar(rect, i, logShare(bars.buckets[i].deleted), Token::T3);
    const auto end = bars.at(bars.buckets.size());
    for (const MomentEvent &event : scene.events) {
        const std::uint64_t rows = deletedBy(*event.transaction);
        const Instant at = event.transaction->at;
        if (event.transaction->kind != WalClass::Destructive || rows == 0 || at < bars.from || at >= end)
            continue;
        const auto bucket = std::size_t((at - bars.from) / bars.width);
        bar(rect, bucket, logShare(rows), event.usual ? Token::WarnFill : Token::FailFill);
    }
    painter.fillRect(QRect(rect.left(), rect.bottom() + 1, rect.width(), 1), theme.color(Token::Sep));
}

void MomentPainting::axis(const QRect &rect) const
{
    painter.fillRect(rect, theme.color(Token::Surface));
    const TickStep step = stepFor(scene.scale, theme.font(FontRole::Secondary).pixelSize() / 12.0);
    const int half = rect.height() / 2;
    for (const Tick &tick : ticks(scene.scale, step, scene.zone)) {
        const double x = rect.left() + scene.scale.xOf(tick.at);
        line(painter, x, rect.top(), rect.top() + theme.px(4), theme.color(Token::Line));
        const auto text = [&](const QTimeZone &zone, FontRole role, Token token, int top) {
            painter.setFont(theme.font(role));
            painter.setPen(theme.color(token));
            textOn(painter, QRectF(x, rect.top() + top, theme.px(80), half), tickText(tick.at, step, zone),
                Qt::AlignLeft);
        };
        painter.setFont(theme.font(FontRole::SecondaryStrong));
        if (x + painter.fontMetrics().horizontalAdvance(tickText(tick.at, step, scene.zone)) > rect.right())
            continue;
        text(scene.zone, FontRole::SecondaryStrong, Token::T1, theme.px(2));
        text(scene.other, FontRole::Secondary, Token::T2, half);
    }
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Sep));
}

static void paintChip(QPainter &painter, const Theme &theme, const MarkPlace &place, bool chosen)
{
    painter.setPen(QPen(theme.color(Token::Fail), chosen ? 2 : 1));
    painter.setBrush(theme.color(Token::FailTint));
    painter.drawRoundedRect(place.rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    const int side = theme.px(12);
    paintGlyph(painter, theme, Glyph::Failed,
        QRectF(place.rect.left() + theme.px(5), place.rect.center().y() - side / 2.0, side, side));
    painter.setPen(theme.color(Token::Fail));
    painter.setFont(theme.font(FontRole::SmallStrong));
    const QRectF words = place.rect.adjusted(theme.px(22), 0, -theme.px(4), 0);
    textOn(painter, words, painter.fontMetrics().elidedText(place.text, Qt::ElideRight, int(words.width())),
        Qt::AlignLeft);
}

void MomentPainting::lane(const MomentLane &lane, const QRect &rect) const
{
    const auto places = placesOf(lane, scene, theme, rect);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const MarkPlace &place = places[i];
        const bool chosen = int(lane.marks[i].event) == scene.current;
        if (place.rect.right() < rect.left() || place.rect.left() > rect.right())
            continue;
        if (place.chip) {
            paintChip(painter, theme, place, chosen);
            continue;
        }
        painter.fillRect(place.rect, theme.color(lane.marks[i].loud ? Token::FailFill : Token::WarnFill));
        painter.setPen(theme.color(chosen ? Token::T1 : Token::T2));
        painter.setFont(theme.font(chosen ? FontRole::SmallStrong : FontRole::Small));
        if (!place.text.isEmpty())
            textOn(painter,
                QRectF(
                    place.rect.right() + 5, rect.top(), rect.right() - place.rect.right() - 5, rect.height()),
                place.text, Qt::AlignLeft);
    }
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Grid));
}

void MomentPainting::stop(const QRect &flags, const QRect &whole) const
{
    if (!scene.stop)
        return;
    const double x = whole.left() + scene.scale.xOf(*scene.stop);
    if (x < whole.left() || x > whole.right())
        return;
    line(painter, x - 1, flags.top(), whole.bottom() + 1, theme.color(Token::Acc), 2);
    painter.setFont(theme.font(FontRole::SmallStrong));
    const double wide = painter.fontMetrics().horizontalAdvance(scene.stopText) + theme.px(20);
    const bool left = x - wide > flags.left();
    const QRectF flag(left ? x - wide : x, flags.top(), wide, flags.height());
    painter.fillRect(flag, theme.color(Token::AccFill));
    painter.setPen(theme.color(Token::OnAcc));
    textOn(painter, flag, scene.stopText, Qt::AlignHCenter);
    const QString lost = MomentWords::tr("undone or lost by this choice");
    const double from = (left ? x : flag.right()) + theme.px(8);
    if (from + painter.fontMetrics().horizontalAdvance(lost) > flags.right())
        return;
    painter.setPen(theme.color(Token::Fail));
    textOn(painter, QRectF(from, flags.top(), flags.right() - from, flags.height()), lost, Qt::AlignLeft);
}

} // namespace tidemark
