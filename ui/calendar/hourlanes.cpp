#include "calendar/hourlanes.h"

#include "theme/fills.h"

#include <QDateTime>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <map>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::size_t Often = 5; // runs in a day of which the busy hours take no account

} // namespace

HourLanes::HourLanes(CalendarWords words, Span span, QWidget *parent)
    : CalendarSurface(std::move(words), parent)
    , m_span(span)
{
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    if (span == Span::Pane) {
        setFocusPolicy(Qt::NoFocus);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setObjectName(u"busyHours"_s);
    } else {
        setObjectName(span == Span::Week ? u"week"_s : u"day"_s);
    }
}

double HourLanes::headHeight() const
{
    return theme().px(m_span == Span::Pane ? 18 : 24);
}

double HourLanes::labelWidth() const
{
    return theme().px(m_span == Span::Pane ? 84 : 150);
}

void HourLanes::setScene(CalendarScene scene)
{
    CalendarSurface::setScene(std::move(scene));
    m_days.clear();
    const CalendarScene &now = this->scene();
    if (m_span != Span::Week)
        m_days.push_back(dayOf(*now.facts, now.chosen, now.zone));
    else
        for (CalendarDay &day : weekOf(*now.facts, now.chosen, now.zone).days)
            m_days.push_back(std::move(day));
    place();
    fitHours();
    fitScrollBar();
    const QString what = m_span == Span::Pane ? tr("Busy hours")
        : m_span == Span::Week                ? tr("Week")
                                              : tr("Day");
    sayChosen(what);
    updateGeometry();
}

void HourLanes::place()
{
    m_lanes.clear();
    double top = 0;
    const double height = theme().px(m_span == Span::Pane ? 19 : m_span == Span::Week ? 17 : 26);
    const auto add = [&](int day, int track, std::vector<int> runs, double high) {
        m_lanes.push_back({ day, track, std::move(runs), top, high });
        top += high;
    };
    for (std::size_t i = 0; i < m_days.size(); ++i) {
        if (m_span == Span::Week)
            add(int(i), -1, {}, theme().px(22));
        std::map<int, std::vector<int>> byTrack;
        for (const int index : m_days[i].runs)
            byTrack[scene().runAt(index).track].push_back(index);
        for (auto &[track, runs] : byTrack)
            add(int(i), track, std::move(runs), height);
    }
}

void HourLanes::fitHours()
{
    m_from = 0;
    m_to = 24;
    if (m_span != Span::Pane)
        return;
    int first = 24;
    int last = 0;
    const auto hour
        = [&](Instant instant) { return int(std::floor(xOf(m_days.front().date, instant) * 24)); };
    for (const Lane &lane : m_lanes)
        for (const int index : lane.runs) {
            const CalendarRun &run = scene().runAt(index);
            if (lane.runs.size() >= Often)
                continue;
            const Instant from = scene().shownAt(run);
            first = std::min(first, hour(from));
            last = std::max(last, hour(from == run.begin ? run.end.value_or(from) : from) + 1);
        }
    if (first >= last)
        return;
    m_from = std::max(0, std::min(first, 16) / 2 * 2);
    m_to = std::min(24, std::max(last, m_from + 8));
    m_to += m_to % 2;
}

// Share of the day from 0 to 1 on the wall clock, before the hours that are shown are taken out of it.
double HourLanes::xOf(QDate day, Instant instant) const
{
    const QDateTime local = QDateTime::fromSecsSinceEpoch(instant.seconds(), scene().zone);
    const double time = local.time().msecsSinceStartOfDay() / 86'400'000.0;
    return std::clamp(double(day.daysTo(local.date())) + time, 0.0, 1.0);
}

QRectF HourLanes::barOf(const Lane &lane, Instant from, Instant to) const
{
    const QDate day = m_days[std::size_t(lane.day)].date;
    const double left = labelWidth();
    const double width = viewport()->width() - left - theme().px(m_span == Span::Pane ? 2 : 14);
    const auto x = [&](Instant at) {
        const double hours = xOf(day, at) * 24;
        return left + std::clamp((hours - m_from) / (m_to - m_from), 0.0, 1.0) * width;
    };
    const double top = headHeight() + lane.top - verticalScrollBar()->value();
    const double inset = std::round(lane.height * 0.2);
    const double begin = std::round(x(from));
    return { begin, std::round(top) + inset, std::max(2.0, std::round(x(to)) - begin),
        lane.height - 2 * inset };
}

// A run that began on another day than it was due has no length here.
QRectF HourLanes::runBar(const Lane &lane, const CalendarRun &run) const
{
    const Instant from = scene().shownAt(run);
    return barOf(lane, from, from == run.begin ? run.end.value_or(from) : from);
}

// As close as their labels have room.
int HourLanes::hourStep() const
{
    const double width = viewport()->width() - labelWidth() - theme().px(m_span == Span::Pane ? 2 : 14);
    // The first one begins at its line, the others stand over theirs.
    const double label = QFontMetricsF(theme().font(FontRole::Small)).horizontalAdvance(u"00:00 00:"_s);
    for (const int step : { 2, 4, 6 })
        if (width * step / (m_to - m_from) >= label)
            return step;
    return 12;
}

QString HourLanes::hoursWords() const
{
    return u"%1–%2"_s.arg(m_from, 2, 10, QChar(u'0')).arg(m_to, 2, 10, QChar(u'0'));
}

QSize HourLanes::sizeHint() const
{
    const double lanes = m_lanes.empty() ? theme().px(24) : m_lanes.back().top + m_lanes.back().height;
    const int most = theme().px(m_span == Span::Pane ? 210 : 4000);
    return { theme().px(320), std::min(most, int(headHeight() + lanes) + 2) };
}

void HourLanes::fitScrollBar()
{
    const int over = sizeHint().height() - viewport()->height();
    verticalScrollBar()->setRange(0, std::max(0, over));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(theme().px(26));
    for (const Lane &lane : m_lanes)
        if (m_span == Span::Week && lane.track < 0 && m_days[std::size_t(lane.day)].date == scene().chosen) {
            const int top = int(lane.top);
            if (top < verticalScrollBar()->value()
                || top + int(headHeight()) + theme().px(40)
                    > verticalScrollBar()->value() + viewport()->height())
                verticalScrollBar()->setValue(top);
        }
}

void HourLanes::resizeEvent(QResizeEvent *event)
{
    CalendarSurface::resizeEvent(event);
    fitScrollBar();
}

void HourLanes::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &look = theme();
    painter.fillRect(viewport()->rect(), look.color(m_span == Span::Pane ? Token::Alt : Token::Surface));
    if (m_lanes.empty())
        return tidemark::paintLine(painter, QRectF(viewport()->rect()).adjusted(look.px(2), 0, 0, 0),
            tr("Nothing is scheduled"), look.font(FontRole::Secondary), look.color(Token::T3));
    paintAxis(painter);
    paintConflicts(painter);
    for (const Lane &lane : m_lanes)
        paintLane(painter, lane);
    const QRectF head(0, 0, viewport()->width(), headHeight());
    painter.fillRect(head, look.color(Token::Alt));
    const Lane axis { 0, 0, {}, 0, 0 };
    const QDate day = m_days.front().date;
    for (int hour = m_from; hour <= m_to; hour += hourStep()) {
        const Instant at = Instant::fromSeconds(
            QDateTime(day, QTime(hour % 24, 0), scene().zone).addDays(hour / 24).toSecsSinceEpoch());
        const double x = barOf(axis, at, at).left();
        const double wide = look.px(40);
        const double left = std::min(x - (hour == m_from ? 0 : wide / 2), viewport()->width() - wide);
        tidemark::paintLine(painter, QRectF(left, 0, wide, headHeight()),
            u"%1:00"_s.arg(hour, 2, 10, QChar(u'0')), look.font(FontRole::Small), look.color(Token::T2),
            hour == m_from     ? Qt::AlignLeft
                : hour == m_to ? Qt::AlignRight
                               : Qt::AlignHCenter);
    }
    if (m_span != Span::Pane)
        painter.fillRect(QRectF(0, headHeight() - 1, head.width(), 1), look.color(Token::Sep));
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look.color(Token::AccLine), 2));
        painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
    }
}

void HourLanes::paintAxis(QPainter &painter) const
{
    const Theme &look = theme();
    const double left = labelWidth();
    const double width = viewport()->width() - left - look.px(m_span == Span::Pane ? 2 : 14);
    const double bottom
        = headHeight() + m_lanes.back().top + m_lanes.back().height - verticalScrollBar()->value();
    for (int hour = m_from; hour <= m_to; hour += hourStep()) {
        const double x = std::floor(left + width * (hour - m_from) / (m_to - m_from));
        painter.fillRect(QRectF(x, headHeight(), 1, bottom - headHeight()), look.color(Token::Grid));
    }
}

void HourLanes::paintConflicts(QPainter &painter) const
{
    const Theme &look = theme();
    for (std::size_t i = 0; i < m_days.size(); ++i) {
        const auto first = std::find_if(
            m_lanes.begin(), m_lanes.end(), [&](const Lane &lane) { return lane.day == int(i); });
        const auto last = std::find_if(
            m_lanes.rbegin(), m_lanes.rend(), [&](const Lane &lane) { return lane.day == int(i); });
        if (first == m_lanes.end())
            continue;
        for (const int index : m_days[i].conflicts) {
            const Conflict &conflict = scene().facts->conflicts[std::size_t(index)];
            QRectF rect = barOf(*first, conflict.from, conflict.to);
            rect.setTop(headHeight() + first->top + (first->track < 0 ? first->height : 0)
                - verticalScrollBar()->value());
            rect.setBottom(headHeight() + last->top + last->height - verticalScrollBar()->value());
            rect.setWidth(std::max(4.0, rect.width()));
            painter.setPen(QPen(look.color(conflict.accepted ? Token::Line : Token::WarnLine), 1));
            painter.setBrush(look.color(conflict.accepted ? Token::Alt : Token::WarnTint));
            painter.drawRect(rect.adjusted(0.5, 0, -0.5, 0));
        }
    }
}

void HourLanes::paintLane(QPainter &painter, const Lane &lane) const
{
    const Theme &look = theme();
    const QRectF row(0, std::round(headHeight() + lane.top - verticalScrollBar()->value()),
        viewport()->width(), lane.height);
    if (!row.intersects(QRectF(viewport()->rect())))
        return;
    const CalendarDay &day = m_days[std::size_t(lane.day)];
    if (lane.track < 0) {
        const bool chosen = day.date == scene().chosen;
        painter.fillRect(row, look.color(chosen ? Token::Sel : Token::Alt));
        const QString name
            = CalendarWords::day(day.date) + (day.date == scene().today ? u" · "_s + tr("today") : QString());
        const QFont font = look.font(FontRole::SecondaryStrong);
        tidemark::paintLine(painter, row.adjusted(look.px(12), 0, 0, 0), name, font, look.color(Token::T1));
        const double after = look.px(24) + QFontMetricsF(font).horizontalAdvance(name);
        return tidemark::paintLine(painter, row.adjusted(after, 0, -look.px(12), 0),
            CalendarWords::daySummary(scene(), day), look.font(FontRole::Secondary), look.color(Token::T2));
    }
    const double margin = look.px(m_span == Span::Pane ? 0 : 12);
    tidemark::paintLine(painter, QRectF(margin, row.top(), labelWidth() - margin - look.px(6), row.height()),
        scene().facts->plan.tracks[std::size_t(lane.track)].label,
        look.font(m_span == Span::Day ? FontRole::Secondary : FontRole::Small), look.color(Token::T1),
        Qt::AlignLeft, Qt::ElideMiddle);
    for (const int index : lane.runs)
        paintRun(painter, lane, index);
}

void HourLanes::paintRun(QPainter &painter, const Lane &lane, int index) const
{
    const Theme &look = theme();
    const CalendarRun &run = scene().runAt(index);
    const QRectF bar = runBar(lane, run);
    const bool elsewhere = scene().shownAt(run) != run.begin;
    if (scene().trackOf(run).isWindow()) {
        paintFill(painter, look, Fill::Maintenance, bar);
    } else if (elsewhere || run.state == ExpectedState::Missed || run.state == ExpectedState::Unknown
        || (run.state == ExpectedState::Failed && bar.width() < 8)) {
        const double side = std::min(bar.height() + 2, double(look.px(14)));
        paintGlyph(painter, look, glyphOf(run), QRectF(bar.left(), bar.center().y() - side / 2, side, side));
    } else if (!run.run) {
        if (bar.width() > 4)
            paintFill(painter, look, Fill::Expected, bar);
        else
            painter.fillRect(bar, look.color(Token::T3));
    } else {
        paintDone(painter, lane, run);
    }
    if (index == scene().run) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look.color(Token::Acc), 1.5));
        painter.drawRect(bar.adjusted(-2, -2, 2, 2));
    }
}

// What it usually takes is plain; beyond that it is hatched, and amber where it met something else.
void HourLanes::paintDone(QPainter &painter, const Lane &lane, const CalendarRun &run) const
{
    const Theme &look = theme();
    const Instant end = run.end.value_or(run.begin);
    const Instant usual = run.usual && !(end < run.begin + *run.usual * 5 / 4) ? run.begin + *run.usual : end;
    const Token fill = run.state == ExpectedState::Failed ? Token::FailFill
        : run.state == ExpectedState::Running             ? Token::RunFill
        : scene().trackOf(run).isJobs()                   ? Token::C4 // quieter than what is backed up
                                                          : Token::Band;
    const Instant done = run.state == ExpectedState::Running ? scene().facts->plan.now : usual;
    painter.fillRect(barOf(lane, run.begin, std::min(done, end)), look.color(fill));
    if (done < end)
        paintFill(painter, look, Fill::Expected, barOf(lane, done, end));
    for (const Conflict &conflict : scene().facts->conflicts)
        if (&scene().runAt(conflict.first) == &run)
            painter.fillRect(barOf(lane, conflict.from, conflict.to), look.color(Token::WarnFill));
}

const HourLanes::Lane *HourLanes::laneAt(int y) const
{
    const double at = y - headHeight() + verticalScrollBar()->value();
    for (const Lane &lane : m_lanes)
        if (y > headHeight() && lane.top <= at && at < lane.top + lane.height)
            return &lane;
    return nullptr;
}

int HourLanes::runAt(QPoint point) const
{
    const Lane *lane = laneAt(point.y());
    int nearest = -1;
    double least = theme().px(11);
    for (const int index : lane ? lane->runs : std::vector<int>()) {
        const QRectF bar = runBar(*lane, scene().runAt(index));
        const double away = std::max({ 0.0, bar.left() - point.x(), point.x() - bar.right() });
        if (away < least) {
            least = away;
            nearest = index;
        }
    }
    return nearest;
}

QRect HourLanes::runRect(int index) const
{
    for (const Lane &lane : m_lanes)
        if (std::find(lane.runs.begin(), lane.runs.end(), index) != lane.runs.end()) {
            return runBar(lane, scene().runAt(index)).toAlignedRect();
        }
    return {};
}

QRect HourLanes::dayPlace(int day) const
{
    QRectF place;
    for (const Lane &lane : m_lanes)
        if (lane.day == day)
            place |= QRectF(
                0, headHeight() + lane.top - verticalScrollBar()->value(), viewport()->width(), lane.height);
    return place.toAlignedRect();
}

QRect HourLanes::itemPlace(int day, int item) const
{
    const CalendarDay &about = m_days[std::size_t(day)];
    const auto at = std::size_t(item);
    if (at < about.runs.size())
        return runRect(about.runs[at]);
    const Conflict &conflict = scene().facts->conflicts[std::size_t(about.conflicts[at - about.runs.size()])];
    const Lane whole { day, 0, {}, 0, 0 };
    const QRectF span = barOf(whole, conflict.from, conflict.to);
    const QRect lanes = dayPlace(day);
    return QRectF(span.left(), lanes.top(), std::max(4.0, span.width()), lanes.height()).toAlignedRect();
}

std::vector<const CalendarDay *> HourLanes::shownDays() const
{
    std::vector<const CalendarDay *> days;
    for (const CalendarDay &day : m_days)
        days.push_back(&day);
    return days;
}

void HourLanes::mousePressEvent(QMouseEvent *event)
{
    const Lane *lane = laneAt(event->pos().y());
    const int run = runAt(event->pos());
    if (lane)
        Q_EMIT dayWanted(m_days[std::size_t(lane->day)].date);
    if (run >= 0)
        Q_EMIT runWanted(run);
}

void HourLanes::mouseDoubleClickEvent(QMouseEvent *)
{
    Q_EMIT dayOpened();
}

QString HourLanes::tipAt(QPoint point) const
{
    const int run = runAt(point);
    return run < 0 ? QString() : words().runTip(scene(), scene().runAt(run));
}

} // namespace tidemark
