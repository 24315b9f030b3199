#include "calendar/yearstrip.h"

#include "calendar/calendarsurface.h"
#include "widgets/figures.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int Weeks = 54;

} // namespace

YearStrip::YearStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"year"_s);
    installCalendarAccess();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setMouseTracking(true);
    connect(&Theme::of(this), &Theme::changed, this, qOverload<>(&QWidget::update));
}

std::pair<QDate, QDate> YearStrip::span(QDate today)
{
    const QDate lastMonday = today.addDays(1 - today.dayOfWeek() + 14);
    return { lastMonday.addDays(-7 * (Weeks - 1)), lastMonday.addDays(6) };
}

void YearStrip::setScene(const CalendarScene &scene)
{
    m_scene = scene;
    const auto [from, to] = span(scene.today);
    m_days = daysOf(*scene.facts, from, to, scene.zone);
    m_clean = CalendarWords::cleanDays(tidemark::cleanDays(m_days, scene.today));
    setAccessibleName(tr("Year, worst state of each day: %1").arg(m_clean));
    update();
}

QSize YearStrip::sizeHint() const
{
    return { 600, Theme::of(this).px(136) };
}

QRectF YearStrip::cellOf(std::size_t index) const
{
    const Theme &theme = Theme::of(this);
    const double left = theme.px(44);
    const double top = theme.px(44);
    const double wide = (width() - left - theme.px(16)) / double(Weeks);
    const double high = theme.px(11);
    return { std::floor(left + double(index / 7) * wide) + 1, top + double(index % 7) * high + 1,
        std::floor(wide) - 2, high - 2 };
}

QDate YearStrip::dayAt(QPoint point) const
{
    for (std::size_t i = 0; i < m_days.size(); ++i)
        if (cellOf(i).adjusted(-1, -1, 1, 1).contains(point))
            return m_days[i].date;
    return {};
}

void YearStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(this);
    painter.fillRect(rect(), theme.color(Token::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), theme.color(Token::Sep));
    if (m_days.empty())
        return;
    paintHead(painter);
    paintScale(painter);
    for (std::size_t i = 0; i < m_days.size(); ++i)
        paintCell(painter, m_days[i], cellOf(i));
}

void YearStrip::paintHead(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QString title = u"%1 – %2"_s.arg(QLocale().toString(m_days.front().date, u"MMM yyyy"_s),
        QLocale().toString(m_days.back().date, u"MMM yyyy"_s));
    const QFont strong = theme.font(FontRole::SecondaryStrong);
    const QRectF line(theme.px(12), theme.px(6), width() - theme.px(28), theme.px(18));
    paintLine(painter, line, title, strong, theme.color(Token::T1));
    const double used = QFontMetricsF(strong).horizontalAdvance(title) + theme.px(10);
    paintLine(painter, line.adjusted(used, 0, 0, 0), tr("worst state of each day · %1").arg(m_clean),
        theme.font(FontRole::Secondary), theme.color(Token::T2));
}

void YearStrip::paintScale(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QFont small = theme.font(FontRole::Small);
    for (const int day : { 1, 3, 5, 7 }) {
        const QRectF cell = cellOf(std::size_t(day - 1));
        paintLine(painter, QRectF(0, cell.top() - 3, theme.px(38), cell.height() + 6),
            QLocale().dayName(day, QLocale::ShortFormat), small, theme.color(Token::T2), Qt::AlignRight);
    }
    int month = 0;
    for (std::size_t i = 0; i < m_days.size(); i += 7) {
        const QDate date = m_days[i].date;
        if (date.month() == month || (i == 0 && date.day() > 8)) {
            month = i == 0 ? date.month() : month;
            continue;
        }
        month = date.month();
        paintLine(painter, QRectF(cellOf(i).left(), theme.px(27), theme.px(40), theme.px(15)),
            QLocale().monthName(month, QLocale::ShortFormat), small, theme.color(Token::T2));
    }
}

void YearStrip::paintCell(QPainter &painter, const YearDay &day, const QRectF &cell) const
{
    const Theme &theme = Theme::of(this);
    const bool future = day.date > m_scene.today;
    const auto box = [&](Token fill) { painter.fillRect(cell, theme.color(fill)); };
    const auto outline = [&](Token token, Qt::PenStyle style = Qt::SolidLine) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(token), 1, style));
        painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5));
    };
    const double middle = cell.center().x();
    switch (day.verdict) {
    case DayVerdict::Nothing:
        outline(Token::Grid);
        break;
    case DayVerdict::Planned:
        outline(Token::Sep);
        break;
    case DayVerdict::Unknown:
        box(Token::Sunken);
        break;
    case DayVerdict::Clean:
        box(Token::Band2);
        break;
    case DayVerdict::Accepted:
        box(Token::Band2);
        painter.setPen(QPen(theme.color(Token::T2), 1.2));
        painter.drawLine(cell.bottomLeft() + QPointF(2.5, -2), cell.topRight() + QPointF(-2.5, 2));
        break;
    case DayVerdict::Attention:
        if (future) {
            outline(Token::WarnLine);
            break;
        }
        box(Token::WarnFill);
        painter.fillRect(QRectF(std::round(middle) - 1, cell.top() + 2, 2, cell.height() - 4),
            theme.color(Token::Surface));
        break;
    case DayVerdict::Missed:
        box(Token::FailTint);
        outline(Token::FailFill, Qt::DashLine);
        break;
    case DayVerdict::Failed:
        box(Token::FailFill);
        painter.setPen(QPen(theme.color(Token::Surface), 1.3));
        const double half = cell.height() / 2 - 2;
        painter.drawLine(QPointF(middle - half, cell.center().y() - half),
            QPointF(middle + half, cell.center().y() + half));
        painter.drawLine(QPointF(middle - half, cell.center().y() + half),
            QPointF(middle + half, cell.center().y() - half));
        break;
    }
    if (day.date != m_scene.chosen)
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Token::Acc), 2));
    painter.drawRect(cell);
}

void YearStrip::mousePressEvent(QMouseEvent *event)
{
    if (const QDate date = dayAt(event->pos()); event->button() == Qt::LeftButton && date.isValid())
        Q_EMIT dayWanted(date);
}

bool YearStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (const YearDay &day : m_days)
        if (day.date == dayAt(help->pos()))
            QToolTip::showText(help->globalPos(), dayWords(int(&day - m_days.data())), this);
    return true;
}

QString YearStrip::dayWords(int day) const
{
    const YearDay &about = m_days[std::size_t(day)];
    return u"%1: %2"_s.arg(
        QLocale().toString(about.date, u"dddd d MMMM yyyy"_s), CalendarWords::dayVerdict(about.verdict));
}

} // namespace tidemark
