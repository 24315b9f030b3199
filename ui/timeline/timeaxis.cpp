#include "timeline/timeaxis.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::seconds;

struct Step {
    TickStep step;
    microseconds length;
};

constexpr std::array<Step, 26> Steps { {
    { { TickUnit::Millisecond, 20 }, 20ms },
    { { TickUnit::Millisecond, 50 }, 50ms },
    { { TickUnit::Millisecond, 100 }, 100ms },
    { { TickUnit::Millisecond, 200 }, 200ms },
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
    case TickUnit::Millisecond:
        return at.time().msec() == 0;
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

microseconds lengthOf(TickStep step)
{
    for (const Step &one : Steps)
        if (one.step == step)
            return one.length;
    return std::chrono::days(1);
}

// Room for a label and the space beside it, and for the name of the larger unit over some of them, in pixels
// of a 12 px font.
double roomFor(TickStep step)
{
    switch (step.unit) {
    case TickUnit::Second:
        return 60;
    case TickUnit::Millisecond:
        return 56; // every tenth is a whole second's
    case TickUnit::Minute:
    case TickUnit::Hour:
        return 40;
    case TickUnit::Day:
        return step.count == 1 ? 24 : 34;
    case TickUnit::Week:
        return 33;
    case TickUnit::Month:
    case TickUnit::Year:
        return 36;
    }
    return 40;
}

seconds offsetAt(Instant at, const QTimeZone &zone)
{
    return seconds(zone.offsetFromUtc(local(at, zone)));
}

// The next instant after this one at which the zone's offset is another.
std::optional<Instant> clockChange(Instant after, const QTimeZone &zone)
{
    const auto next = zone.nextTransition(local(after, zone));
    return next.atUtc.isValid() ? std::optional(Instant::fromSeconds(next.atUtc.toSecsSinceEpoch()))
                                : std::nullopt;
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
    const microseconds length = lengthOf(step);
    std::vector<Tick> found;
    Instant at = scale.from();
    while (at < scale.to()) {
        const seconds offset = offsetAt(at, zone);
        const auto wall = at.sinceEpoch + offset;
        const Instant tick { (wall + length - 1us) / length * length - offset };
        if (tick >= scale.to())
            break;
        if (const auto change = offsetAt(tick, zone) == offset ? std::nullopt : clockChange(at, zone);
            change && *change <= tick) {
            at = *change;
            continue;
        }
        found.push_back({ tick, isMajor(local(tick, zone), step) });
        at = tick + 1us;
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
    case TickUnit::Millisecond:
    case TickUnit::Second:
        return QLocale().toString(at, u"ddd d MMM yyyy HH:mm"_s);
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
    case TickUnit::Millisecond:
    case TickUnit::Second:
        return { TickUnit::Minute, 1 };
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

QString offsetText(Instant at, const QTimeZone &zone)
{
    return QDateTime(QDate(2000, 1, 1), QTime(), Qt::OffsetFromUTC, int(offsetAt(at, zone).count()))
        .timeZoneAbbreviation();
}

void addClockChanges(
    std::vector<AxisSection> &found, const TimeScale &scale, TickStep step, const QTimeZone &zone)
{
    for (auto change = clockChange(scale.from(), zone); change && *change < scale.to();
         change = clockChange(*change, zone))
        found.push_back(
            { *change, u"%1 %2"_s.arg(sectionText(local(*change, zone), step), offsetText(*change, zone)) });
    std::stable_sort(found.begin(), found.end(),
        [](const AxisSection &a, const AxisSection &b) { return a.from < b.from; });
}

} // namespace

TickStep stepFor(const TimeScale &scale, double text)
{
    for (const Step &one : Steps)
        if (one.length >= scale.across(roomFor(one.step) * text))
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
    std::vector<AxisSection> found;
    if (ofDates(larger)) {
        QDate date = dateFloor(local(scale.from(), zone).date(), larger);
        for (; date.isValid(); date = dateAfter(date, larger)) {
            const QDateTime begin = date.startOfDay(zone);
            const Instant from = Instant::fromSeconds(begin.toSecsSinceEpoch());
            if (from >= scale.to())
                break;
            found.push_back({ from, sectionText(begin, step) });
        }
    } else {
        found.push_back({ scale.from(), sectionText(local(scale.from(), zone), step) });
        for (const Tick &tick : clockTicks(scale, larger, zone))
            found.push_back({ tick.at, sectionText(local(tick.at, zone), step) });
    }
    if (!ofDates(step))
        addClockChanges(found, scale, step, zone);
    return found;
}

QString tickText(Instant at, TickStep step, const QTimeZone &zone)
{
    const QDateTime time = local(at, zone);
    switch (step.unit) {
    case TickUnit::Millisecond:
        return time.time().msec() == 0 ? time.toString(u"HH:mm:ss"_s) : time.toString(u".zzz"_s);
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
