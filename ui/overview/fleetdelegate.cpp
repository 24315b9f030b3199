#include "overview/fleetdelegate.h"

#include "overview/ribbon.h"
#include "theme/fills.h"
#include "theme/glyphs.h"
#include "theme/theme.h"
#include "widgets/amounts.h"
#include "widgets/bullet.h"
#include "widgets/standings.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Column = OverviewModel::Column;

QString markWords(std::chrono::seconds age)
{
    if (age.count() == 0)
        return FleetHeader::tr("now");
    if (age == AgeScale::Oldest)
        return FleetHeader::tr("1 y", "a year ago");
    return durationWords(age);
}

Marker markerOf(ArtifactKind kind)
{
    switch (kind) {
    case ArtifactKind::Dump:
    case ArtifactKind::Globals:
        return Marker::Dump;
    case ArtifactKind::VmSnapshot:
        return Marker::Snapshot;
    case ArtifactKind::BaseBackup:
        break;
    }
    return Marker::BaseBackup;
}

// The two lines of a cell.
QRect upperLine(const Theme &theme, const QRect &rect)
{
    const int line = theme.px(20);
    return { rect.left(), rect.center().y() - line + 1, rect.width(), line };
}

QRect inside(const Theme &theme, const QRect &rect)
{
    return rect.adjusted(theme.px(8), 0, -theme.px(16), 0);
}

void textIn(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment side = Qt::AlignLeft)
{
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, int(side) | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

// The labels of the axis from the newest on; one that would touch its neighbour is left out.
void paintAxis(QPainter &painter, const Theme &theme, const QRect &section)
{
    const QRect place = ribbonPlace(theme, section);
    const AgeScale scale(place.width());
    painter.setFont(theme.font(FontRole::SmallStrong));
    painter.setPen(theme.color(Token::T2));
    double free = section.right();
    const auto &marks = AgeScale::marks();
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        const QString words = markWords(*mark);
        const double wide = painter.fontMetrics().horizontalAdvance(words);
        const double x = place.left() + scale.xOf(*mark);
        const double left = std::clamp(x - wide / 2, double(place.left()), place.right() - wide);
        if (left + wide + theme.px(6) > free && mark->count() != 0)
            continue;
        painter.drawText(QRectF(left, section.top(), wide + 2, section.height()),
            int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine, words);
        free = left;
    }
}

const OverviewRow &rowAt(const QModelIndex &index)
{
    return qobject_cast<const OverviewModel *>(index.model())->row(index.row());
}

} // namespace

QRect ribbonPlace(const Theme &theme, const QRect &section)
{
    return section.adjusted(theme.px(8), 0, -theme.px(20), 0);
}

FleetHeader::FleetHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(false);
    setStretchLastSection(false); // the page shares out the width
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(Theme::of(this).px(60));
}

void FleetHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    if (section != int(Column::Ribbon))
        return QHeaderView::paintSection(painter, rect, section);
    QStyleOptionHeader option;
    initStyleOption(&option);
    option.rect = rect;
    option.section = section;
    painter->save();
    style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);
    painter->setClipRect(rect);
    paintAxis(*painter, Theme::of(this), rect);
    painter->restore();
}

FleetDelegate::FleetDelegate(const OverviewWords &words, QObject *parent)
    : TwoLineDelegate({}, parent)
    , m_words(words)
{
}

void FleetDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto column = Column(index.column());
    const OverviewRow &row = rowAt(index);
    const bool words = column == Column::Cluster || column == Column::Answer || column == Column::Proven;
    const auto standing = index.data(StandingRole).value<Standing>();
    if (words || standing == Standing::Unknown || standing == Standing::Running)
        return TwoLineDelegate::paint(painter, option, index);
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    paintGround(*painter, theme, option);
    if (column == Column::Ribbon) {
        paintRibbon(*painter, theme, option.rect, row);
    } else {
        const QRect upper = upperLine(theme, inside(theme, option.rect));
        const QRect lower = upper.translated(0, upper.height());
        paintFigure(*painter, theme, upper, index);
        if (column == Column::Stored)
            paintStored(*painter, theme, lower.adjusted(0, 0, 0, -theme.px(2)), row.insight->stored);
        else
            paintBar(*painter, theme, lower, row, column);
    }
    paintFocus(*painter, theme, option);
    painter->restore();
}

void FleetDelegate::paintRibbon(
    QPainter &painter, const Theme &theme, const QRect &rect, const OverviewRow &row) const
{
    const QRect place = ribbonPlace(theme, upperLine(theme, rect));
    const QRect band = place.adjusted(0, theme.px(3), 0, -theme.px(3));
    const AgeScale scale(place.width());
    for (const auto mark : AgeScale::marks()) {
        const double x = std::min(std::floor(place.left() + scale.xOf(mark)), double(place.right()));
        painter.fillRect(
            QRectF(x, place.top() - theme.px(2), 1, place.height() + theme.px(2)), theme.color(Token::Grid));
    }
    const Ribbon ribbon = ribbonOf(*row.insight, m_words.now(), place.width());
    for (const RibbonSpan &span : ribbon.spans) {
        const QRectF part(place.left() + span.from, band.top(), span.to - span.from, band.height());
        if (span.state == RibbonState::Broken)
            paintFill(painter, theme, Fill::NotRestorable, part);
        else if (span.state == RibbonState::Checked)
            paintFill(painter, theme, Fill::Restorable, part);
        else
            paintFill(painter, theme, Fill::Expected, part);
    }
    const double side = theme.px(10);
    for (const RibbonMark &mark : ribbon.marks)
        paintMarker(painter, theme, markerOf(mark.kind),
            QRectF(std::round(place.left() + std::min(mark.x, place.width() - 1.0) - side / 2),
                std::round(band.center().y() - side / 2 + 0.5), side, side));
    paintEnds(painter, theme, place.translated(0, place.height() - theme.px(1)), row);
}

// Where both do not fit beside each other the end is the one that matters.
void FleetDelegate::paintEnds(
    QPainter &painter, const Theme &theme, const QRect &line, const OverviewRow &row) const
{
    const QString start = m_words.ribbonStart(row);
    const QString end = m_words.ribbonEnd(row);
    const bool lapsed = row.insight->standing == ClusterStanding::Lapsed
        || row.insight->standing == ClusterStanding::Nothing;
    painter.setFont(theme.font(lapsed ? FontRole::SecondaryStrong : FontRole::Secondary));
    painter.setPen(theme.color(lapsed ? Token::Fail : Token::T2));
    textIn(painter, line, start.isEmpty() ? OverviewWords::tr("nothing can be restored") : end,
        start.isEmpty() ? Qt::AlignLeft : Qt::AlignRight);
    const int gone = painter.fontMetrics().horizontalAdvance(end) + theme.px(10);
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T2));
    if (line.width() - gone > theme.px(60))
        textIn(painter, line.adjusted(0, 0, -gone, 0), start);
}

void FleetDelegate::paintFigure(
    QPainter &painter, const Theme &theme, const QRect &line, const QModelIndex &index)
{
    const auto standing = index.data(StandingRole).value<Standing>();
    const QString aside = index.data(AsideRole).toString();
    painter.setFont(theme.font(FontRole::Secondary));
    painter.setPen(theme.color(Token::T2));
    const int wide = aside.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(aside) + theme.px(6);
    const QString words = index.data().toString();
    const int needed = QFontMetrics(theme.font(FontRole::Strong)).horizontalAdvance(words);
    const bool both = needed + wide <= line.width();
    if (both)
        textIn(painter, line, aside, Qt::AlignRight);
    painter.setFont(theme.font(FontRole::Strong));
    painter.setPen(theme.color(wordsToken(standing)));
    textIn(painter, both ? line.adjusted(0, 0, -wide, 0) : line, words);
}

void FleetDelegate::paintBar(
    QPainter &painter, const Theme &theme, const QRect &rect, const OverviewRow &row, Column column)
{
    const bool rpo = column == Column::Rpo;
    const auto &limit = rpo ? row.objectives.rpo : row.objectives.rto;
    std::optional<double> measured;
    if (rpo && row.insight->risk.seconds)
        measured = double(row.insight->risk.seconds->count());
    else if (const ObjectiveStanding *rto = row.objective(ObjectiveKind::Rto); !rpo && rto && rto->measured)
        measured = double(*rto->measured);
    const int height = theme.px(8);
    const QRectF bar(rect.left(), rect.top() + theme.px(5), rect.width(), height);
    const bool everything = rpo && row.insight->risk.basis == RiskBasis::Nothing;
    Bullet bullet = bulletOf(measured, limit ? std::optional(double(limit->count())) : std::nullopt);
    if (everything)
        bullet = { 0, 1, {}, true };
    else if (!limit && measured)
        return; // nothing to hold it against
    paintBullet(painter, theme, bullet, bar);
}

// What is there now by the day it was made, summed up.
void FleetDelegate::paintStored(
    QPainter &painter, const Theme &theme, const QRect &rect, const Stored &stored)
{
    std::vector<double> sums;
    double sum = 0;
    for (const Bytes day : stored.made)
        sums.push_back(sum += double(day.count));
    if (sum <= 0 || sums.size() < 2)
        return;
    const double total = stored.total ? double(stored.total->count) : sum;
    const double before = std::max(0.0, total - sum); // older than the days that are shown
    const double width = std::min(rect.width(), theme.px(84));
    const auto at = [&](std::size_t i) {
        const double share = (before + sums[i]) / std::max(1.0, before + sum);
        return QPointF(rect.left() + width * double(i) / double(sums.size() - 1),
            rect.bottom() - share * (rect.height() - theme.px(4)));
    };
    QPainterPath curve(at(0));
    for (std::size_t i = 1; i < sums.size(); ++i)
        curve.lineTo(at(i));
    QPainterPath ground = curve;
    ground.lineTo(rect.left() + width, rect.bottom());
    ground.lineTo(rect.left(), rect.bottom());
    ground.closeSubpath();
    if (!theme.isHighContrast())
        painter.fillPath(ground, theme.color(Token::AccTint));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(theme.isHighContrast() ? Token::T1 : Token::Band), 1.4));
    painter.drawPath(curve);
}

} // namespace tidemark
