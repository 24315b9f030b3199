#include "schedule/recurrence.h"

#include "values/duration.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using std::chrono::seconds;

template <class... Handlers>
struct Match : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Match(Handlers...) -> Match<Handlers...>; // clang 14 makes none by itself

std::optional<FirstWeekday> firstWeekday(const QString &when)
{
    static const QRegularExpression form(
        u"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01][0-9]|2[0-3]):([0-5][0-9])$"_s);
    static const QStringList days { u"Mon"_s, u"Tue"_s, u"Wed"_s, u"Thu"_s, u"Fri"_s, u"Sat"_s, u"Sun"_s };
    const auto match = form.match(when);
    if (!match.hasMatch())
        return {};
    return FirstWeekday { int(days.indexOf(match.captured(1))) + 1,
        QTime(match.captured(2).toInt(), match.captured(3).toInt()) };
}

std::optional<qint64> timeIn(int year, int month, const FirstWeekday &rule, const QTimeZone &zone)
{
    const QDate first(year, month, 1);
    const QDate day = first.addDays((rule.weekday - first.dayOfWeek() + 7) % 7);
    const QDateTime local(day, rule.time, Qt::UTC);
    const auto times = wallClock(local, zone);
    return times.empty() ? skippedAt(local, zone) : std::optional(times.front());
}

std::optional<qint64> nextOf(const FirstWeekday &rule, qint64 after, const QTimeZone &zone)
{
    QDate month = QDateTime::fromSecsSinceEpoch(after, zone).date();
    month.setDate(month.year(), month.month(), 1);
    for (int i = 0; i < 3; ++i, month = month.addMonths(1))
        if (const auto time = timeIn(month.year(), month.month(), rule, zone); time && *time > after)
            return time;
    return {};
}

// The newest whole second that is before an instant with a fraction is that second itself.
qint64 secondBefore(Instant instant)
{
    const auto floor = std::chrono::floor<seconds>(instant.sinceEpoch).count();
    return instant == Instant::fromSeconds(floor) ? floor - 1 : floor;
}

} // namespace

std::optional<Recurrence> Recurrence::parse(const QString &when, const QString &form, const QString &zone)
{
    const QTimeZone in = zone.isEmpty() ? QTimeZone::utc() : QTimeZone(zone.toUtf8());
    if (!in.isValid())
        return {};
    if (form == u"cron") {
        const auto cron = Cron::parse(when);
        return cron ? std::optional(Recurrence(*cron, in)) : std::nullopt;
    }
    if (form == u"first-weekday") {
        const auto rule = firstWeekday(when);
        return rule ? std::optional(Recurrence(*rule, in)) : std::nullopt;
    }
    if (form == u"interval") {
        const auto every = parseDuration(when);
        return every && every->count() > 0 ? std::optional(Recurrence(*every, in)) : std::nullopt;
    }
    if (!form.isEmpty() && form != u"calendar")
        return {};
    const auto event = CalendarEvent::parse(when);
    return event ? std::optional(Recurrence(*event, in)) : std::nullopt;
}

std::optional<Instant> Recurrence::next(Instant after) const
{
    if (const auto *every = std::get_if<seconds>(&m_rule))
        return after + *every;
    const qint64 second = std::chrono::floor<seconds>(after.sinceEpoch).count();
    const auto found = std::visit(Match {
                                      [&](const CalendarEvent &event) { return event.next(second, m_zone); },
                                      [&](const Cron &cron) { return cron.next(second, m_zone); },
                                      [&](const FirstWeekday &rule) { return nextOf(rule, second, m_zone); },
                                      [&](const seconds &) { return std::optional<qint64>(); },
                                  },
        m_rule);
    return found ? std::optional(Instant::fromSeconds(*found)) : std::nullopt;
}

std::optional<Instant> Recurrence::previous(Instant before) const
{
    if (isInterval())
        return {};
    const Instant end = Instant::fromSeconds(secondBefore(before) + 1);
    constexpr auto longest = std::chrono::days(366 * 9); // 29 February may be eight years back
    for (seconds back = std::chrono::hours(2); back < 2 * longest; back *= 8)
        if (const auto found = between(end - back, end); !found.empty())
            return found.back();
    return {};
}

std::vector<Instant> Recurrence::between(Instant from, Instant to, int most) const
{
    std::vector<Instant> found;
    const auto at = [&](Instant after) { return next(after); };
    const Instant start = isInterval() ? from : Instant::fromSeconds(secondBefore(from));
    for (auto one = at(start); one && *one < to && int(found.size()) < most; one = at(*one))
        found.push_back(*one);
    return found;
}

seconds Recurrence::periodAt(Instant around) const
{
    if (const auto *every = std::get_if<seconds>(&m_rule))
        return *every;
    const auto first = next(around);
    const auto second = first ? next(*first) : std::nullopt;
    const auto last = previous(around);
    if (!second)
        return last && first ? std::chrono::duration_cast<seconds>(*first - *last) : seconds(0);
    const auto ahead = std::chrono::duration_cast<seconds>(*second - *first);
    return last ? std::max(ahead, std::chrono::duration_cast<seconds>(*first - *last)) : ahead;
}

} // namespace tidemark
