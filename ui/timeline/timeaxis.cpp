#include "timeline/timeaxis.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

struct Step {
    TickStep step;
    seconds length;
};

constexpr std::array<Step, 22> Steps { {
    { { TickUnit::Second, 1 }, 1s },
    { { TickUnit::Second, 5 }, 5s },
    { { TickUnit::Second, 15 }, 15s },
    { { TickUnit::Second, 30 }, 30s },
    { { TickUnit::Minute, 1 }, 1min },
    { { TickUnit::Minute, 5 }, 5min },
    { { TickUnit::Minute, 15 }, 15min },
    { { TickUnit::Minute, 30 }, 30min },
    { { TickUnit::Hour, 1 }, 1h },
    { { TickUnit::Hour, 2 }, 2h },
    { { TickUnit::Hour, 4 }, 4h },
    { { TickUnit::Hour, 6 }, 6h },
    { { TickUnit::Hour, 12 }, 12h },
    { { TickUnit::Day, 1 }, std::chrono::days(1) },
    { { TickUnit::Day, 2 }, std::chrono::days(2) },
    { { TickUnit::Week, 1 }, std::chrono::days(7) },
    { { TickUnit::Week, 2 }, std::chrono::days(14) },
    { { TickUnit::Month, 1 }, std::chrono::days(30) },
    { { TickUnit::Month, 3 }, std::chrono::days(91) },
    { { TickUnit::Month, 6 }, std::chrono::days(182) },
    { { TickUnit::Year, 1 }, std::chrono::days(365) },
    { { TickUnit::Year, 2 }, std::chrono::days(730) },
} };

QDateTime local(Instant instant, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::floor<std::chrono::milliseconds>(instant.sinceEpoch).count(), zone);
}

Instant instantOf(QDate date, QTime time, const QTimeZone &zone)
{
    return Instant::fromSeconds(QDateTime(date, time, zone).toSecsSinceEpoch());
}

QDate monthFloor(QDate date, int months)
{
    return { date.year(), (date.month() - 1) / months * months + 1, 1 };
}

// Days are counted from a Monday, so that "every second day" does not jump at the turn of a month.
QDate dayFloor(QDate date, int days)
{
    const qint64 sinceMonday = QDate(1970, 1, 5).daysTo(date);
    return date.addDays(-(((sinceMonday % days) + days) % days));
}

QDate dateFloor(QDate date, TickStep step)
{
    switch (step.unit) {
    case TickUnit::Year:
        return { date.year() / step.count * step.count, 1, 1 };
    case TickUnit::Month:
        return monthFloor(date, step.count);
    case TickUnit::Week:
        return dayFloor(date, 7 * step.count);
    default:
        return dayFloor(date, step.unit == TickUnit::Day ? step.count : 1);
    }
}

QDate dateAfter(QDate date, TickStep step)
{
    switch (step.unit) {
    case TickUnit::Year:
        return date.addYears(step.count);
    case TickUnit::Month:
        return date.addMonths(step.count);
    case TickUnit::Week:
        return date.addDays(7 * step.count);
    default:
        return date.addDays(step.count);
    }
}

bool ofDates(TickStep step)
{
    return step.unit >= TickUnit::Day;
}

bool isMajor(const QDateTime &at, TickStep step)
{
    switch (step.unit) {
    case TickUnit::Second:
        return at.time().second() == 0;
    case TickUnit::Minute:
        return at.time().minute() == 0;
    case TickUnit::Hour:
        return at.time() == QTime(0, 0);
    case TickUnit::Day:
        return at.date().dayOfWeek() == 1;
    case TickUnit::Week:
        return at.date().day() <= 7;
    case TickUnit::Month:
        return at.date().month() == 1;
    case TickUnit::Year:
        return at.date().year() % 10 == 0;
    }
    return false;
}

seconds lengthOf(TickStep step)
{
    for (const Step &one : Steps)
        if (one.step == step)
            return one.length;
    return std::chrono::days(1);
}

std::vector<Tick> dateTicks(const TimeScale &scale, TickStep step, const QTimeZone &zone)
{
    std::vector<Tick> found;
    QDate date = dateFloor(local(scale.from(), zone).date(), step);
    for (; date.isValid(); date = dateAfter(date, step)) {
        const Instant at = Instant::fromSeconds(date.startOfDay(zone).toSecsSinceEpoch());
        if (at >= scale.to())
            break;
        if (at >= scale.from())
            found.push_back({ at, isMajor(QDateTime(date, QTime(0, 0), Qt::UTC), step) });
    }
    return found;
}

// Within a day the steps follow the wall clock: from midnight on, and again from each change of the offset.
std::vector<Tick> clockTicks(const TimeScale &scale, TickStep step, const QTimeZone &zone)
{
    const seconds length = lengthOf(step);
    std::vector<Tick> found;
    Instant at = scale.from();
    while (at < scale.to()) {
        const auto offset = seconds(zone.offsetFromUtc(local(at, zone)));
        const auto wall = std::chrono::ceil<seconds>(at.sinceEpoch) + offset;
        const auto next = (wall + length - 1s) / length * length - offset;
        const Instant tick { next };
        if (tick >= scale.to())
            break;
        found.push_back({ tick, isMajor(local(tick, zone), step) });
        at = tick + 1s;
    }
    return found;
}

QString monthName(QDate date)
{
    return QLocale().standaloneMonthName(date.month(), QLocale::ShortFormat);
}

QString sectionText(const QDateTime &at, TickStep step)
{
    const QDate date = at.date();
    switch (step.unit) {
    case TickUnit::Second:
    case TickUnit::Minute:
    case TickUnit::Hour:
        return QLocale().toString(date, u"ddd d MMM yyyy"_s);
    case TickUnit::Day:
        //: %1 is the number of the week, %2 a month's short name, %3 a year
        return QCoreApplication::translate("TimeAxis", "Week %1, %2 %3")
            .arg(date.weekNumber())
            .arg(monthName(date))
            .arg(date.year());
    case TickUnit::Week:
        return u"%1 %2"_s.arg(monthName(date)).arg(date.year());
    case TickUnit::Month:
    case TickUnit::Year:
        return QString::number(date.year());
    }
    return {};
}

TickStep sectionStep(TickStep step)
{
    switch (step.unit) {
    case TickUnit::Second:
    case TickUnit::Minute:
    case TickUnit::Hour:
        return { TickUnit::Day, 1 };
    case TickUnit::Day:
        return { TickUnit::Week, 1 };
    case TickUnit::Week:
        return { TickUnit::Month, 1 };
    case TickUnit::Month:
    case TickUnit::Year:
        return { TickUnit::Year, 1 };
    }
    return step;
}

} // namespace

TickStep stepFor(const TimeScale &scale, double leastPixels)
{
    const auto least = scale.across(leastPixels);
    for (const Step &one : Steps)
        if (one.length >= least)
            return one.step;
    return Steps.back().step;
}

std::vector<Tick> ticks(const TimeScale &scale, TickStep step, const QTimeZone &zone)
{
    return ofDates(step) ? dateTicks(scale, step, zone) : clockTicks(scale, step, zone);
}

std::vector<AxisSection> sections(const TimeScale &scale, TickStep step, const QTimeZone &zone)
{
    const TickStep larger = sectionStep(step);
    QDate date = dateFloor(local(scale.from(), zone).date(), larger);
    std::vector<AxisSection> found;
    for (; date.isValid(); date = dateAfter(date, larger)) {
        const Instant from = instantOf(date, QTime(0, 0), zone);
        if (from >= scale.to())
            break;
        found.push_back({ from, sectionText(QDateTime(date, QTime(0, 0), Qt::UTC), step) });
    }
    return found;
}

QString tickText(Instant at, TickStep step, const QTimeZone &zone)
{
    const QDateTime time = local(at, zone);
    switch (step.unit) {
    case TickUnit::Second:
        return time.toString(u"HH:mm:ss"_s);
    case TickUnit::Minute:
    case TickUnit::Hour:
        return time.toString(u"HH:mm"_s);
    case TickUnit::Day:
    case TickUnit::Week:
        return QString::number(time.date().day());
    case TickUnit::Month:
        return monthName(time.date());
    case TickUnit::Year:
        return QString::number(time.date().year());
    }
    return {};
}

} // namespace tidemark
