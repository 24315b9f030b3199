#include "overview/nextdaypane.h"

#include "theme/fills.h"
#include "theme/glyphs.h"
#include "theme/theme.h"
#include "widgets/panehead.h"

#include <QPainter>
#include <QTreeView>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

constexpr std::chrono::seconds Shown = 24h;
constexpr auto Every = 4h;

std::optional<Marker> markerOf(const QString &kind)
{
    static const QHash<QString, Marker> markers { { u"full"_s, Marker::Full },
        { u"diff"_s, Marker::Differential }, { u"incr"_s, Marker::Incremental },
        { u"basebackup"_s, Marker::BaseBackup }, { u"dump"_s, Marker::Dump },
        { u"snapshot"_s, Marker::Snapshot }, { u"prune"_s, Marker::Prune } };
    const auto found = markers.find(kind);
    return found == markers.end() ? std::nullopt : std::optional(*found);
}

double xOf(const QRect &lane, Instant now, Instant at)
{
    const double share = double((at - now).count()) / 1e6 / double(Shown.count());
    return lane.left() + std::clamp(share, 0.0, 1.0) * lane.width();
}

QRect laneOf(const Theme &theme, const QRect &section)
{
    return section.adjusted(theme.px(2), 0, -theme.px(22), 0);
}

// The first full step of hours of the clock after now.
Instant firstHour(Instant now, const QTimeZone &zone)
{
    const QDateTime local = QDateTime::fromSecsSinceEpoch(now.seconds(), zone);
    const int step = int(std::chrono::hours(Every).count());
    const int hour = (local.time().hour() / step + 1) * step;
    const QDateTime next = QDateTime(local.date(), QTime(0, 0), zone).addSecs(qint64(hour) * 3600);
    return Instant::fromSeconds(next.toSecsSinceEpoch());
}

struct Drawing {
    QPainter &painter;
    const Theme &theme;
    QRect lane;
    Instant now;
    double free; // the end of what stands at the left already
};

void paintWindow(const Drawing &drawing, const PlannedRun &run)
{
    const double from = std::round(xOf(drawing.lane, drawing.now, run.from));
    const double to = std::round(xOf(drawing.lane, drawing.now, run.to));
    paintFill(drawing.painter, drawing.theme, Fill::Maintenance,
        QRectF(from, drawing.lane.top(), std::max(4.0, to - from), drawing.lane.height()));
}

// The mark, and its words where there is room before it.
void paintRun(Drawing &drawing, const PlannedRun &run)
{
    const Theme &theme = drawing.theme;
    const double side = theme.px(12);
    const double x = std::round(xOf(drawing.lane, drawing.now, run.from));
    const QRectF place(x - side / 2, std::round(drawing.lane.center().y() - side / 2 + 0.5), side, side);
    if (const auto marker = markerOf(run.kind))
        paintMarker(drawing.painter, theme, *marker, place, true);
    else
        paintGlyph(drawing.painter, theme, Glyph::Planned, place);
    const QString words = OverviewWords::run(run);
    const double wide = drawing.painter.fontMetrics().horizontalAdvance(words);
    const double left = place.left() - theme.px(4) - wide;
    if (run.kind != u"incr" && left > drawing.free)
        drawing.painter.drawText(QRectF(left, drawing.lane.top(), wide + 1, drawing.lane.height()),
            int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine, words);
    drawing.free = place.right() + theme.px(4);
}

} // namespace

NextDayHeader::NextDayHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(false);
    setSectionsClickable(false);
    setStretchLastSection(true);
    setMinimumSectionSize(8);
}

void NextDayHeader::setHours(Instant now, const QTimeZone &zone)
{
    m_now = now;
    m_zone = zone;
    viewport()->update();
}

QSize NextDayHeader::sizeHint() const
{
    return { QHeaderView::sizeHint().width(), Theme::of(this).px(22) };
}

void NextDayHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Theme &theme = Theme::of(this);
    painter->save();
    painter->fillRect(rect, theme.color(Token::Surface));
    if (section == int(NextDayModel::Column::Lane)) {
        const QRect lane = laneOf(theme, rect);
        painter->setFont(theme.font(FontRole::SmallStrong));
        painter->setPen(theme.color(Token::T1));
        const QString now = tr("now");
        double free = lane.left() + painter->fontMetrics().horizontalAdvance(now) + theme.px(6);
        painter->drawText(lane, int(Qt::AlignLeft) | Qt::AlignVCenter, now);
        painter->setFont(theme.font(FontRole::Small));
        painter->setPen(theme.color(Token::T2));
        for (Instant hour = firstHour(m_now, m_zone); hour < m_now + Shown; hour = hour + Every) {
            const QString words = QDateTime::fromSecsSinceEpoch(hour.seconds(), m_zone).toString(u"HH:mm"_s);
            const double wide = painter->fontMetrics().horizontalAdvance(words) + 1;
            const double left = xOf(lane, m_now, hour) - wide / 2;
            if (left < free || left + wide > rect.right())
                continue;
            painter->drawText(QRectF(left, lane.top(), wide, lane.height()),
                int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine, words);
            free = left + wide + theme.px(6);
        }
    }
    painter->restore();
}

NextDayDelegate::NextDayDelegate(const OverviewWords &words, QObject *parent)
    : TwoLineDelegate({ .rowHeight = 24, .edgeColumn = -1, .strongColumn = -1 }, parent)
    , m_words(words)
{
}

void NextDayDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const NextDayModel *>(index.model());
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    paintGround(*painter, theme, option);
    const bool lane = index.column() == int(NextDayModel::Column::Lane);
    painter->setFont(theme.font(lane ? FontRole::Small : FontRole::Secondary));
    painter->setPen(theme.color(lane ? Token::T2 : Token::T1));
    if (lane && !m_plain) {
        paintLane(*painter, theme, laneOf(theme, option.rect), model->row(index.row()));
    } else {
        const QString words = lane ? index.data(Qt::AccessibleTextRole).toString() : index.data().toString();
        const QRect line = option.rect.adjusted(lane ? theme.px(2) : theme.px(16), 0, -theme.px(4), 0);
        painter->drawText(line, int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(words, Qt::ElideRight, line.width()));
    }
    paintFocus(*painter, theme, option);
    painter->restore();
}

void NextDayDelegate::paintLane(
    QPainter &painter, const Theme &theme, const QRect &rect, const NextDayRow &row) const
{
    const Instant now = m_words.now();
    for (int hours = 4; hours <= 24; hours += 4)
        painter.fillRect(
            QRectF(std::floor(xOf(rect, now, now + std::chrono::hours(hours))), rect.top(), 1, rect.height()),
            theme.color(Token::Grid));
    painter.fillRect(QRectF(rect.left() - 1, rect.top(), 2, rect.height() + 1), theme.color(Token::T1));
    Drawing drawing { painter, theme, rect.adjusted(0, 0, 0, -1), now, double(rect.left()) + theme.px(4) };
    for (const PlannedRun &run : row.runs)
        if (run.kind == u"maintenance")
            paintWindow(drawing, run);
    for (const PlannedRun &run : row.runs)
        if (run.kind != u"maintenance")
            paintRun(drawing, run);
    const QString lost = m_words.lostLane(row);
    if (lost.isEmpty())
        return;
    painter.setFont(theme.font(FontRole::SmallStrong));
    const int wide = painter.fontMetrics().horizontalAdvance(lost);
    const QRect plate(rect.left() + theme.px(3), rect.top() + theme.px(3),
        std::min(wide + theme.px(4), rect.width()), rect.height() - theme.px(6));
    painter.fillRect(plate, theme.color(Token::Surface));
    painter.setPen(theme.color(Token::Fail));
    painter.drawText(plate, int(Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(lost, Qt::ElideRight, plate.width()));
}

NextDayPane::NextDayPane(NextDayModel *model, const OverviewWords &words, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_words(words)
    , m_view(new QTreeView)
    , m_header(new NextDayHeader(m_view))
    , m_delegate(new NextDayDelegate(words, m_view))
    , m_head(new PaneHead(tr("Next 24 hours")))
{
    m_view->setObjectName(u"nextDay"_s);
    m_view->setAccessibleName(tr("Next 24 hours"));
    m_view->setModel(model);
    m_view->setHeader(m_header);
    m_view->setItemDelegate(m_delegate);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QTreeView::NoEditTriggers);
    m_view->setAllColumnsShowFocus(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const NextDayRow &row = m_model->row(index.row());
        Q_EMIT wanted(row.cluster, row.runs.empty() ? m_words.now() : row.runs.front().from);
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_view, 1);
}

void NextDayPane::showRows(
    const std::vector<NextDayRow> &rows, const QTimeZone &zone, const QString &zoneWords)
{
    m_model->setRows(rows);
    m_head->setNote(zoneWords);
    m_header->setHours(m_words.now(), zone);
}

void NextDayPane::setPlain(bool plain)
{
    m_delegate->setPlain(plain);
    m_view->viewport()->update();
}

void NextDayPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_view->setColumnWidth(
        int(NextDayModel::Column::Cluster), std::min(Theme::of(this).px(104), width() * 3 / 10));
}

} // namespace tidemark
