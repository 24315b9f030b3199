#include "calendar/monthgrid.h"

#include "theme/fills.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

// The grid in viewport pixels.
struct MonthGrid::Lengths {
    double head = 0;
    double weekColumn = 0;
    double cellWidth = 0;
    double rowHeight = 0;
    double line = 0; // of a slot
    double dayHead = 0;
    double scrolled = 0;
    int perColumn = 1; // slots below each other that may have room
    int columns = 2; // one where it has room for all of them: then no name is cut

    [[nodiscard]] QRectF week(std::size_t row) const
    {
        return { 0, head + double(row) * rowHeight - scrolled, weekColumn + 7 * cellWidth, rowHeight };
    }
    [[nodiscard]] QRectF day(std::size_t row, int column) const
    {
        const double left = std::floor(weekColumn + column * cellWidth);
        const double right = std::floor(weekColumn + (column + 1) * cellWidth);
        const QRectF whole = week(row);
        return { left, std::floor(whole.top()), right - left,
            std::floor(whole.bottom()) - std::floor(whole.top()) };
    }
};

struct MonthGrid::Cell {
    const CalendarDay &day;
    QRectF rect;
    const Lengths &at;
    int barLanes = 0;
    bool first = false; // of the grid: its month is told

    [[nodiscard]] int rows() const // of slots
    {
        const double below = barLanes * at.line + (day.conflicts.empty() ? 0 : at.line) + 5;
        return std::max(1, int((rect.height() - at.dayHead - below) / at.line));
    }
};

MonthGrid::MonthGrid(CalendarWords words, QWidget *parent)
    : CalendarSurface(std::move(words), parent)
{
    setObjectName(u"month"_s);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    setMinimumHeight(theme().px(120));
}

void MonthGrid::setScene(CalendarScene scene)
{
    CalendarSurface::setScene(std::move(scene));
    m_weeks = monthOf(*this->scene().facts, this->scene().chosen, this->scene().zone);
    place();
    fitScrollBar();
    sayChosen(tr("Month"));
}

void MonthGrid::place()
{
    m_places.clear();
    for (const CalendarWeek &week : m_weeks)
        for (const CalendarDay &day : week.days)
            for (const DaySlot &slot : day.slots)
                if (placeOf(slot.track) < 0 && !isJobs(slot))
                    m_places.push_back(slot.track);
    std::sort(m_places.begin(), m_places.end());
    m_short = shortLabels(scene().facts->plan.tracks);
    m_alike = sharedBeginnings(m_short);
}

bool MonthGrid::isJobs(const DaySlot &slot) const
{
    return scene().facts->plan.tracks[std::size_t(slot.track)].isJobs();
}

int MonthGrid::placeOf(int track) const
{
    const auto at = std::find(m_places.begin(), m_places.end(), track);
    return at == m_places.end() ? -1 : int(at - m_places.begin());
}

MonthGrid::Lengths MonthGrid::lengths() const
{
    const Theme &look = theme();
    Lengths at;
    at.head = look.px(24);
    at.weekColumn = look.px(30);
    at.line = look.px(14);
    at.dayHead = look.px(22);
    at.cellWidth = (viewport()->width() - at.weekColumn) / 7.0;
    const double least = at.dayHead + 4 * at.line;
    const double high = viewport()->height() - at.head;
    at.rowHeight = std::max(least, high / double(std::max<std::size_t>(1, m_weeks.size())));
    at.scrolled = verticalScrollBar()->value();
    const int room = std::max(1, int((at.rowHeight - at.dayHead - 3) / at.line));
    at.perColumn = std::min(room, std::max(3, (int(m_places.size()) + 1) / 2));
    if (oneColumnFits(at)) {
        at.columns = 1;
        at.perColumn = std::max(1, int(m_places.size()));
    }
    return at;
}

MonthGrid::Cell MonthGrid::cellAt(const Lengths &at, std::size_t row, int column) const
{
    int lanes = 0;
    for (const FaultBar &bar : m_weeks[row].bars)
        lanes = std::max(lanes, bar.lane + 1);
    return { m_weeks[row].days[std::size_t(column)], at.day(row, column), at, std::min(lanes, 2),
        row == 0 && column == 0 };
}

bool MonthGrid::oneColumnFits(const Lengths &at) const
{
    for (std::size_t row = 0; row < m_weeks.size(); ++row)
        for (int column = 0; column < 7; ++column) {
            const Cell cell = cellAt(at, row, column);
            for (const DaySlot &slot : cell.day.slots)
                if (placeOf(slot.track) >= cell.rows())
                    return false;
        }
    return true;
}

void MonthGrid::fitScrollBar()
{
    const Lengths at = lengths();
    const double whole = at.head + at.rowHeight * double(m_weeks.size());
    verticalScrollBar()->setRange(0, std::max(0, int(whole) - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(int(at.rowHeight));
    const QRect chosen = dayRect(scene().chosen);
    if (chosen.bottom() > viewport()->height())
        verticalScrollBar()->setValue(
            verticalScrollBar()->value() + chosen.bottom() - viewport()->height() + 1);
    else if (!chosen.isEmpty() && chosen.top() < int(at.head))
        verticalScrollBar()->setValue(verticalScrollBar()->value() + chosen.top() - int(at.head));
}

void MonthGrid::resizeEvent(QResizeEvent *event)
{
    CalendarSurface::resizeEvent(event);
    fitScrollBar();
}

void MonthGrid::wheelEvent(QWheelEvent *event)
{
    if (verticalScrollBar()->maximum() > 0)
        return CalendarSurface::wheelEvent(event);
    if (event->angleDelta().y() != 0 && event->phase() != Qt::ScrollMomentum)
        Q_EMIT dayWanted(scene().chosen.addMonths(event->angleDelta().y() > 0 ? -1 : 1));
    event->accept();
}

QRect MonthGrid::dayRect(QDate date) const
{
    if (m_weeks.empty())
        return {};
    const qint64 index = m_weeks.front().days.front().date.daysTo(date);
    if (index < 0 || index >= qint64(m_weeks.size()) * 7)
        return {};
    return lengths().day(std::size_t(index / 7), int(index % 7)).toRect();
}

QRect MonthGrid::dayPlace(int day) const
{
    return lengths().day(std::size_t(day / 7), day % 7).toRect();
}

std::vector<const CalendarDay *> MonthGrid::shownDays() const
{
    std::vector<const CalendarDay *> days;
    for (const CalendarWeek &week : m_weeks)
        for (const CalendarDay &day : week.days)
            days.push_back(&day);
    return days;
}

QDate MonthGrid::dayAt(QPoint point) const
{
    for (const CalendarWeek &week : m_weeks)
        for (const CalendarDay &day : week.days)
            if (point.y() >= lengths().head && dayRect(day.date).contains(point))
                return day.date;
    return {};
}

void MonthGrid::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), theme().color(Token::Surface));
    const Lengths at = lengths();
    for (std::size_t row = 0; row < m_weeks.size(); ++row)
        paintWeek(painter, at, row);
    const QRect chosen = dayRect(scene().chosen);
    if (!chosen.isEmpty()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().color(Token::Acc), 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(QRectF(chosen).adjusted(0, 0, -1, -1));
        if (hasFocus()) {
            painter.setPen(
                QPen(theme().color(Token::AccLine), 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
            painter.drawRect(QRectF(chosen).adjusted(2, 2, -3, -3));
        }
    }
    paintHead(painter, at);
}

void MonthGrid::paintHead(QPainter &painter, const Lengths &at) const
{
    const Theme &look = theme();
    const QRectF head(0, 0, viewport()->width(), at.head);
    painter.fillRect(head, look.color(Token::Alt));
    for (int column = 0; column < 7; ++column) {
        const QRectF day = at.day(0, column);
        paintLine(painter, QRectF(day.left() + look.px(6), 0, day.width() - look.px(6), at.head - 1),
            QLocale().dayName(column + 1, QLocale::ShortFormat), look.font(FontRole::SecondaryStrong),
            look.color(Token::T2));
    }
    painter.fillRect(QRectF(0, at.head - 1, head.width(), 1), look.color(Token::Sep));
}

void MonthGrid::paintWeek(QPainter &painter, const Lengths &at, std::size_t row) const
{
    const Theme &look = theme();
    const CalendarWeek &week = m_weeks[row];
    const QRectF line = at.week(row);
    painter.fillRect(QRectF(0, line.top(), at.weekColumn, line.height()), look.color(Token::Alt));
    paintLine(painter, QRectF(0, line.top(), at.weekColumn, at.dayHead), QString::number(week.number),
        look.font(FontRole::Small), look.color(Token::T3), Qt::AlignHCenter);
    for (int column = 0; column < 7; ++column)
        paintDay(painter, cellAt(at, row, column));
    paintBars(painter, at, row);
}

void MonthGrid::paintDay(QPainter &painter, const Cell &cell) const
{
    const Theme &look = theme();
    const bool future = cell.day.date > scene().today;
    painter.fillRect(cell.rect, look.color(future ? Token::Future : Token::Surface));
    painter.fillRect(
        QRectF(cell.rect.left(), cell.rect.top(), 1, cell.rect.height()), look.color(Token::Sep));
    painter.fillRect(
        QRectF(cell.rect.left(), cell.rect.bottom() - 1, cell.rect.width(), 1), look.color(Token::Sep));
    painter.save();
    painter.setClipRect(cell.rect);
    paintNumber(painter, cell);
    paintSlots(painter, cell);
    paintConflict(painter, cell);
    painter.restore();
}

void MonthGrid::paintNumber(QPainter &painter, const Cell &cell) const
{
    const Theme &look = theme();
    const QDate date = cell.day.date;
    const bool other = date.month() != scene().chosen.month();
    const QString text
        = cell.first || date.day() == 1 ? QLocale().toString(date, u"d MMM"_s) : QString::number(date.day());
    const QFont font = look.font(FontRole::Strong);
    const QRectF place(cell.rect.left() + look.px(6), cell.rect.top() + 2, cell.rect.width() - look.px(10),
        cell.at.dayHead - 3);
    if (date != scene().today)
        return paintLine(painter, place, text, font, look.color(other ? Token::T3 : Token::T1));
    const double wide = QFontMetricsF(font).horizontalAdvance(text) + look.px(10);
    const QRectF chip(cell.rect.left() + look.px(4), place.top() + 1, wide, place.height() - 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.color(Token::AccFill));
    painter.drawRoundedRect(chip, 3, 3);
    paintLine(painter, chip, text, font, look.color(Token::OnAcc), Qt::AlignHCenter);
    paintLine(painter, place.adjusted(wide + look.px(4), 0, 0, 0), tr("today"), look.font(FontRole::Small),
        look.color(Token::T2));
}

// Jobs that went as they should are in the day, the week and the pane, but take no room here; what did not
// has the first one that is free.
void MonthGrid::paintSlots(QPainter &painter, const Cell &cell) const
{
    const int rows = cell.rows();
    const double left = cell.rect.left() + theme().px(5);
    const double wide = (cell.rect.width() - theme().px(7)) / cell.at.columns;
    std::vector<DaySlot> hidden;
    std::vector<bool> taken(std::size_t(rows * cell.at.columns), false);
    const auto put = [&](const DaySlot &slot, int row, int column) {
        if (row >= rows || column >= cell.at.columns)
            return hidden.push_back(slot);
        taken[std::size_t(column * rows + row)] = true;
        paintSlot(painter, slot,
            QRectF(left + column * wide, cell.rect.top() + cell.at.dayHead + row * cell.at.line, wide - 2,
                cell.at.line));
    };
    for (const DaySlot &slot : cell.day.slots)
        if (const int place = placeOf(slot.track); place >= 0)
            put(slot, place % cell.at.perColumn, place / cell.at.perColumn);
    for (const DaySlot &slot : cell.day.slots) {
        if (!isJobs(slot) || slot.worst == ExpectedState::Ok || slot.worst == ExpectedState::Planned)
            continue;
        const auto free = int(std::find(taken.begin(), taken.end(), false) - taken.begin());
        put(slot, free % rows, free / rows);
    }
    if (!hidden.empty())
        paintRest(painter, cell, hidden);
}

void MonthGrid::paintSlot(QPainter &painter, const DaySlot &slot, const QRectF &rect) const
{
    const Theme &look = theme();
    const CalendarTrack &track = scene().facts->plan.tracks[std::size_t(slot.track)];
    const bool bad = slot.bad > 0;
    const bool loud = !slot.isAccepted() && (isException(slot.worst) || slot.worst == ExpectedState::Running);
    if (bad) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.color(Token::FailTint));
        painter.drawRoundedRect(rect.adjusted(-1, 0.5, 0, -0.5), 2, 2);
    }
    const double side = look.px(11);
    const QRectF mark(rect.left(), rect.top() + (rect.height() - side) / 2, side, side);
    if (track.isWindow() && slot.worst != ExpectedState::Running)
        paintMarker(painter, look, Marker::Maintenance, mark, slot.worst == ExpectedState::Planned);
    else
        paintGlyph(painter, look, slot.isAccepted() ? Glyph::Cancelled : glyphOf(slot.worst), mark);
    QString text = m_short.at(slot.track);
    if (slot.bad > 0 && slot.runs > 1)
        text = u"%1× %2"_s.arg(slot.bad).arg(text);
    const Token ink = track.isWindow() || slot.isAccepted() ? Token::T3 : inkOf(slot.worst);
    const double full = slot.full ? look.px(10) : 0;
    const QFont font = look.font(loud ? FontRole::SmallStrong : FontRole::Small);
    const QRectF words = rect.adjusted(side + look.px(3), 0, -full, 0);
    if (m_alike.contains(slot.track) && QFontMetricsF(font).horizontalAdvance(text) > words.width())
        text = withShortBeginning(text);
    paintLine(painter, words, text, font, look.color(ink));
    if (full > 0) {
        const double after
            = words.left() + std::min(words.width(), QFontMetricsF(font).horizontalAdvance(text));
        paintMarker(painter, look, Marker::Full,
            QRectF(after + 1, rect.top() + (rect.height() - full) / 2, full, full));
    }
}

// What has no room is told beside the number of the day, by its worst.
void MonthGrid::paintRest(QPainter &painter, const Cell &cell, const std::vector<DaySlot> &hidden) const
{
    const Theme &look = theme();
    int bad = 0;
    ExpectedState worst = ExpectedState::Planned;
    for (const DaySlot &slot : hidden) {
        bad += slot.bad > 0 ? 1 : 0;
        if (!slot.isAccepted() && !scene().facts->plan.tracks[std::size_t(slot.track)].isWindow())
            worst = worstOf(worst, slot.worst);
    }
    const QString text
        = bad > 0 ? tr("+%1, %2 bad").arg(hidden.size()).arg(bad) : tr("+%1").arg(hidden.size());
    const QFont font = look.font(bad > 0 ? FontRole::SmallStrong : FontRole::Small);
    const QRectF place(
        cell.rect.left(), cell.rect.top() + 2, cell.rect.width() - look.px(5), cell.at.dayHead - 3);
    paintLine(painter, place, text, font, look.color(inkOf(worst)), Qt::AlignRight);
    if (!isException(worst))
        return;
    const double side = look.px(11);
    paintGlyph(painter, look, glyphOf(worst),
        QRectF(place.right() - QFontMetricsF(font).horizontalAdvance(text) - side - 2,
            place.top() + (place.height() - side) / 2, side, side));
}

void MonthGrid::paintConflict(QPainter &painter, const Cell &cell) const
{
    if (cell.day.conflicts.empty())
        return;
    const Theme &look = theme();
    const auto &conflicts = scene().facts->conflicts;
    const Conflict *longest = &conflicts[std::size_t(cell.day.conflicts.front())];
    for (const int index : cell.day.conflicts)
        if (std::pair(!conflicts[std::size_t(index)].accepted, conflicts[std::size_t(index)].minutes())
            > std::pair(!longest->accepted, longest->minutes()))
            longest = &conflicts[std::size_t(index)];
    const double bottom = cell.rect.bottom() - 5 - cell.barLanes * cell.at.line;
    const QRectF line(
        cell.rect.left() + look.px(5), bottom - cell.at.line, cell.rect.width() - look.px(8), cell.at.line);
    const double side = look.px(12);
    paintGlyph(painter, look, longest->accepted ? Glyph::Cancelled : Glyph::Attention,
        QRectF(line.left(), line.top() + (line.height() - side) / 2, side, side));
    QString text = CalendarWords::conflictShort(*longest);
    if (cell.day.conflicts.size() > 1)
        text = tr("%1, +%2").arg(text).arg(cell.day.conflicts.size() - 1);
    paintLine(painter, line.adjusted(side + look.px(3), 0, 0, 0), text,
        look.font(longest->accepted ? FontRole::Small : FontRole::SmallStrong),
        look.color(longest->accepted ? Token::T3 : Token::Warn));
}

void MonthGrid::paintBars(QPainter &painter, const Lengths &at, std::size_t row) const
{
    const Theme &look = theme();
    const QRectF week = at.week(row);
    for (const FaultBar &bar : m_weeks[row].bars) {
        if (bar.lane > 1)
            continue;
        const double left = at.weekColumn + bar.from * at.cellWidth + (bar.before ? 0 : 1);
        const double right = at.weekColumn + bar.to * at.cellWidth - (bar.after ? 0 : 1);
        const double bottom
            = std::floor(week.bottom()) - 4 - bar.lane * at.line; // above the chosen day's ring
        const QRectF rect(left, bottom - at.line + 1, std::max(6.0, right - left), at.line - 1);
        const CalendarFault &fault = scene().facts->faults[std::size_t(bar.fault)];
        painter.setPen(QPen(look.color(fault.accepted ? Token::Line : Token::FailFill), 1));
        painter.setBrush(look.color(fault.accepted ? Token::Alt : Token::FailTint));
        painter.drawRect(QRectF(std::floor(rect.left()) + 0.5, rect.top() + 0.5, std::floor(rect.width()) - 1,
            rect.height() - 1));
        const QFont font = look.font(fault.accepted ? FontRole::Small : FontRole::SmallStrong);
        const QColor ink = look.color(fault.accepted ? Token::T2 : Token::Fail);
        if (rect.width() > look.px(50))
            paintLine(painter, rect.adjusted(look.px(5), 0, -look.px(4), 0), words().fault(fault), font, ink);
        else
            paintLine(painter, besideBar(at, row, rect), CalendarWords::faultShort(fault), font, ink,
                Qt::AlignLeft, Qt::ElideMiddle);
    }
}

// Beside a bar that has no room for words: right of it, or left of it where the day has more room there.
QRectF MonthGrid::besideBar(const Lengths &at, std::size_t row, const QRectF &bar) const
{
    const double inside = std::min(bar.center().x(), at.week(row).right() - 1) - at.weekColumn;
    const QRectF day = at.day(row, std::clamp(int(inside / at.cellWidth), 0, 6));
    const double gap = theme().px(3);
    const QRectF right(bar.right() + gap, bar.top(), day.right() - bar.right() - 2 * gap, bar.height());
    const QRectF left(day.left() + gap, bar.top(), bar.left() - day.left() - 2 * gap, bar.height());
    return right.width() >= left.width() ? right : left;
}

int MonthGrid::trackAt(QPoint point) const
{
    const QDate date = dayAt(point);
    if (!date.isValid())
        return -1;
    const Lengths at = lengths();
    const QRectF rect = dayRect(date);
    const double y = point.y() - rect.top() - at.dayHead;
    const int row = int(std::floor(y / at.line));
    const int column = at.columns == 2 && point.x() > rect.center().x() ? 1 : 0;
    const int place = column * at.perColumn + row;
    if (y < 0 || row >= at.perColumn || place >= int(m_places.size()))
        return -1;
    return m_places[std::size_t(place)];
}

void MonthGrid::mousePressEvent(QMouseEvent *event)
{
    const QDate date = dayAt(event->pos());
    if (event->button() != Qt::LeftButton || !date.isValid())
        return;
    const int track = trackAt(event->pos());
    const CalendarDay day = dayOf(*scene().facts, date, scene().zone);
    Q_EMIT dayWanted(date);
    int wanted = -1;
    for (const int index : day.runs)
        if (scene().runAt(index).track == track && (wanted < 0 || isException(scene().runAt(index).state)))
            wanted = index;
    if (wanted >= 0)
        Q_EMIT runWanted(wanted);
}

void MonthGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (dayAt(event->pos()).isValid())
        Q_EMIT dayOpened();
}

QString MonthGrid::tipAt(QPoint point) const
{
    const QDate date = dayAt(point);
    if (!date.isValid())
        return {};
    const CalendarDay day = dayOf(*scene().facts, date, scene().zone);
    QStringList lines { CalendarWords::day(date) + u": "_s + CalendarWords::daySummary(scene(), day) };
    const int track = trackAt(point);
    for (const int index : day.runs)
        if (scene().runAt(index).track == track && lines.size() < 9)
            lines.append(words().runTip(scene(), scene().runAt(index)));
    return lines.join(u'\n');
}

} // namespace tidemark
