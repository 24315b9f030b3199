#include "schedule/cron.h"

#include <QDateTime>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Field {
    int least = 0;
    int most = 0;
    QStringList names; // of the values from `least` on
};

const std::array<Field, 5> &fields()
{
    static const std::array<Field, 5> all { {
        { 0, 59, {} },
        { 0, 23, {} },
        { 1, 31, {} },
        { 1, 12,
            { u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s, u"jul"_s, u"aug"_s, u"sep"_s,
                u"oct"_s, u"nov"_s, u"dec"_s } },
        { 0, 7, { u"sun"_s, u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s, u"sat"_s } },
    } };
    return all;
}

std::optional<int> valueOf(const QString &text, const Field &field)
{
    if (const auto named = field.names.indexOf(text); named >= 0)
        return field.least + int(named);
    bool number = false;
    const int value = text.toInt(&number);
    if (!number || value < field.least || value > field.most || text.startsWith(u'+'))
        return {};
    return value;
}

struct Reach {
    int first = 0;
    int last = 0;
};

std::optional<Reach> reachOf(const QString &text, const Field &field, bool stepped)
{
    if (text == u'*')
        return Reach { field.least, field.most };
    const QStringList ends = text.split(u'-');
    const auto first = valueOf(ends.first(), field);
    const auto last = valueOf(ends.last(), field);
    if (!first || !last || ends.size() > 2 || *last < *first)
        return {};
    return Reach { *first, ends.size() == 1 && stepped ? field.most : *last };
}

template <std::size_t N>
bool readField(const QString &text, const Field &field, std::bitset<N> &bits)
{
    for (const QString &part : text.split(u',')) {
        const QStringList step = part.split(u'/');
        bool number = true;
        const int by = step.size() == 2 ? step[1].toInt(&number) : 1;
        const auto reach = reachOf(step[0], field, step.size() == 2);
        if (step.size() > 2 || !number || by < 1 || !reach)
            return false;
        for (int value = reach->first; value <= reach->last; value += by)
            bits.set(std::size_t(value));
    }
    return true;
}

constexpr qint64 Day = 86'400;
constexpr int DaysOfFourCenturies = 146'097; // after these every calendar repeats itself

} // namespace

std::optional<Cron> Cron::parse(const QString &line)
{
    const QStringList texts = line.toLower().simplified().split(u' ');
    Cron cron;
    if (texts.size() != 5 || !readField(texts[0], fields()[0], cron.m_minutes)
        || !readField(texts[1], fields()[1], cron.m_hours) || !readField(texts[2], fields()[2], cron.m_days)
        || !readField(texts[3], fields()[3], cron.m_months)
        || !readField(texts[4], fields()[4], cron.m_weekdays))
        return {};
    if (cron.m_weekdays.test(0))
        cron.m_weekdays.set(7);
    cron.m_weekdays.reset(0);
    cron.m_anyHour = texts[1].startsWith(u'*');
    cron.m_anyDay = texts[2].startsWith(u'*');
    cron.m_anyWeekday = texts[4].startsWith(u'*');
    return cron;
}

bool Cron::on(QDate date) const
{
    if (!m_months.test(std::size_t(date.month())))
        return false;
    const bool day = m_days.test(std::size_t(date.day()));
    const bool weekday = m_weekdays.test(std::size_t(date.dayOfWeek()));
    return m_anyDay || m_anyWeekday ? day && weekday : day || weekday;
}

std::vector<qint64> Cron::timesOf(QDate date, const QTimeZone &zone) const
{
    std::vector<qint64> times;
    for (int hour = 0; hour < 24; ++hour) {
        for (int minute = 0; m_hours.test(std::size_t(hour)) && minute < 60; ++minute) {
            if (!m_minutes.test(std::size_t(minute)))
                continue;
            const QDateTime local(date, QTime(hour, minute), Qt::UTC);
            const auto found = wallClock(local, zone);
            if (!found.empty())
                times.insert(times.end(), found.begin(), m_anyHour ? found.end() : found.begin() + 1);
            else if (const auto skipped = skippedAt(local, zone); skipped && !m_anyHour)
                times.push_back(*skipped);
        }
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return times;
}

std::optional<qint64> Cron::next(qint64 after, const QTimeZone &zone) const
{
    // A day early, because a time that is skipped or comes twice may belong to the day before.
    QDate date = QDateTime::fromSecsSinceEpoch(after, zone).date().addDays(-1);
    for (int days = 0; days < DaysOfFourCenturies; ++days, date = date.addDays(1)) {
        if (!on(date))
            continue;
        const auto times = timesOf(date, zone);
        const auto found = std::upper_bound(times.begin(), times.end(), after);
        if (found != times.end())
            return *found;
    }
    return {};
}

std::vector<qint64> wallClock(const QDateTime &local, const QTimeZone &zone)
{
    const qint64 asUtc = QDateTime(local.date(), local.time(), Qt::UTC).toSecsSinceEpoch();
    std::vector<qint64> found;
    for (const qint64 around : { asUtc - Day, asUtc + Day }) {
        const qint64 offset = zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(around, Qt::UTC));
        const qint64 candidate = asUtc - offset;
        const bool real = zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(candidate, Qt::UTC)) == offset;
        if (real && (found.empty() || found.back() != candidate))
            found.push_back(candidate);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::optional<qint64> skippedAt(const QDateTime &local, const QTimeZone &zone)
{
    const qint64 asUtc = QDateTime(local.date(), local.time(), Qt::UTC).toSecsSinceEpoch();
    if (!wallClock(local, zone).empty())
        return {};
    const auto change = zone.nextTransition(QDateTime::fromSecsSinceEpoch(asUtc - Day, Qt::UTC));
    return change.atUtc.isValid() ? std::optional(change.atUtc.toSecsSinceEpoch()) : std::nullopt;
}

} // namespace tidemark
