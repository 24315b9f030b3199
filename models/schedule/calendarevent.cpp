#include "schedule/calendarevent.h"

#include <QDate>
#include <QDateTime>
#include <QHash>
#include <QStringList>

#include <algorithm>

namespace tidemark {

using namespace Qt::StringLiterals;

bool CalendarRange::contains(int value) const
{
    if (step == 0)
        return value >= first && value <= last.value_or(first);
    return value >= first && (value - first) % step == 0 && (!last || value <= *last);
}

std::optional<int> CalendarRange::after(int value) const
{
    if (value < first)
        return first;
    if (step == 0)
        return value < last.value_or(first) ? std::optional(value + 1) : std::nullopt;
    const int next = first + ((value - first) / step + 1) * step;
    return last && next > *last ? std::nullopt : std::optional(next);
}

// --- reading -----------------------------------------------------------------------------------------------

class CalendarParser
{
public:
    explicit CalendarParser(QString text)
        : m_text(std::move(text))
    {
    }

    tl::expected<CalendarEvent, CalendarError> parse()
    {
        if (m_text.endsWith(u"UTC")) {
            m_event.m_utc = true;
            m_text.chop(3);
            while (m_text.endsWith(u' '))
                m_text.chop(1);
        }
        if (keyword())
            return m_event;
        if (!weekdays())
            return tl::unexpected(CalendarError { m_text.mid(m_at), u"weekday"_s });
        if (!date())
            return tl::unexpected(CalendarError { m_text.mid(m_at), u"date"_s });
        if (!time() || m_at < m_text.size())
            return tl::unexpected(CalendarError { m_text.mid(m_at), u"time"_s });
        return m_event;
    }

private:
    static CalendarField just(int value) { return { { .first = value, .last = {}, .step = 0 } }; }

    bool keyword()
    {
        static const QStringList words { u"minutely"_s, u"hourly"_s, u"daily"_s, u"weekly"_s, u"monthly"_s,
            u"quarterly"_s, u"semiannually"_s, u"yearly"_s };
        QString word = m_text;
        if (word == u"semi-annually")
            word = u"semiannually"_s;
        if (word == u"annually")
            word = u"yearly"_s;
        const auto size = words.indexOf(word);
        if (size < 0)
            return false;
        m_event.m_second = just(0);
        if (size >= 1)
            m_event.m_minute = just(0);
        if (size >= 2)
            m_event.m_hour = just(0);
        if (size == 3)
            m_event.m_weekdays = 1;
        if (size >= 4)
            m_event.m_day = just(1);
        for (const int month : monthsOf(size))
            m_event.m_month.push_back({ .first = month, .last = {}, .step = 0 });
        return true;
    }
    static std::vector<int> monthsOf(qsizetype keyword)
    {
        switch (keyword) {
        case 5:
            return { 1, 4, 7, 10 };
        case 6:
            return { 1, 7 };
        case 7:
            return { 1 };
        default:
            return {};
        }
    }

    static std::optional<int> weekday(const QString &word)
    {
        static const QStringList names { u"monday"_s, u"tuesday"_s, u"wednesday"_s, u"thursday"_s,
            u"friday"_s, u"saturday"_s, u"sunday"_s };
        const QString lower = word.toLower();
        for (int i = 0; i < names.size(); ++i)
            if (lower == names[i] || lower == names[i].left(3))
                return i;
        return {};
    }
    QString letters()
    {
        const auto from = m_at;
        while (m_at < m_text.size() && m_text[m_at].unicode() < 128 && m_text[m_at].isLetter())
            ++m_at;
        return m_text.mid(from, m_at - from);
    }
    bool skip(QStringView token)
    {
        if (!QStringView(m_text).mid(m_at).startsWith(token))
            return false;
        m_at += token.size();
        return true;
    }
    void blanks()
    {
        while (m_at < m_text.size() && (m_text[m_at] == u' ' || m_text[m_at] == u'\t'))
            ++m_at;
    }

    // Nothing there is fine too.
    bool weekdays()
    {
        if (m_at >= m_text.size() || !m_text[m_at].isLetter())
            return !m_text.isEmpty() && m_text[0] != u' ' && m_text[0] != u'\t';
        do {
            const auto from = m_at;
            const auto first = weekday(letters());
            if (!first) {
                m_at = from;
                return false;
            }
            std::optional<int> last = first;
            if (skip(u"..")) {
                last = weekday(letters());
                if (!last)
                    return false;
            }
            for (int day = *first;; day = (day + 1) % 7) {
                m_event.m_weekdays |= 1U << day;
                if (day == *last)
                    break;
            }
        } while (skip(u","));
        blanks();
        return true;
    }

    // The run of characters that can make up values, cut at a separator.
    QStringList components(QChar separator)
    {
        auto end = m_at;
        while (end < m_text.size()
            && (isDigit(m_text[end]) || u"*/.,"_s.contains(m_text[end]) || m_text[end] == separator))
            ++end;
        return m_text.mid(m_at, end - m_at).split(separator);
    }
    static bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

    bool date()
    {
        const QStringList parts = components(u'-');
        if (parts.size() < 2)
            return true;
        if (parts.size() > 3)
            return false;
        const auto day = field(parts.last(), 32, 1);
        const auto month = field(parts[parts.size() - 2], 13, 1);
        const auto year = parts.size() == 3 ? field(parts[0], 2200, 0) : CalendarField {};
        if (!day || !month || !year)
            return false;
        m_event.m_day = *day;
        m_event.m_month = *month;
        m_event.m_year = *year;
        m_at += parts.join(u'-').size();
        blanks();
        return true;
    }

    bool time()
    {
        m_event.m_second = just(0);
        if (m_at >= m_text.size()) {
            m_event.m_hour = m_event.m_minute = just(0);
            return true;
        }
        QStringList parts = components(u':');
        if (parts.size() > 3)
            return false;
        const bool startsWithHour = parts.size() == 3 || (parts.size() == 2 && field(parts[0], 24, 0));
        if (startsWithHour && !take(parts, 24, m_event.m_hour))
            return false;
        if (!take(parts, 60, m_event.m_minute))
            return false;
        return parts.isEmpty() || take(parts, 60, m_event.m_second);
    }
    bool take(QStringList &parts, int bound, CalendarField &into)
    {
        const auto value = field(parts.first(), bound, 0);
        if (!value)
            return false;
        into = *value;
        m_at += parts.takeFirst().size();
        if (!parts.isEmpty())
            ++m_at; // the separator
        return true;
    }

    static std::optional<int> number(const QString &text, int bound)
    {
        if (text.isEmpty() || !std::all_of(text.begin(), text.end(), isDigit))
            return {};
        bool ok = false;
        const int value = text.toInt(&ok);
        return ok && value < bound ? std::optional(value) : std::nullopt;
    }
    static std::optional<CalendarField> field(const QString &text, int bound, int least)
    {
        if (text == u"*")
            return CalendarField {};
        if (text.startsWith(u"*/")) {
            const auto step = number(text.mid(2), bound);
            if (!step || *step == 0)
                return {};
            return CalendarField { { .first = least, .last = {}, .step = *step } };
        }
        CalendarField result;
        for (const QString &part : text.split(u',')) {
            const auto one = range(part, bound);
            if (!one)
                return {};
            result.push_back(*one);
        }
        return result;
    }
    static std::optional<CalendarRange> range(const QString &text, int bound)
    {
        const auto slash = text.indexOf(u'/');
        const QString values = slash < 0 ? text : text.left(slash);
        const auto dots = values.indexOf(u".."_s);
        const auto first = number(dots < 0 ? values : values.left(dots), bound);
        if (!first)
            return {};
        CalendarRange result { .first = *first, .last = {}, .step = 0 };
        if (dots >= 0) {
            result.last = number(values.mid(dots + 2), bound);
            if (!result.last || *result.last < *first)
                return {};
        }
        if (slash >= 0) {
            const auto step = number(text.mid(slash + 1), bound);
            if (!step)
                return {};
            result.step = *step;
            if (*step == 0)
                result.last.reset();
        }
        return result;
    }

    QString m_text;
    qsizetype m_at = 0;
    CalendarEvent m_event;
};

tl::expected<CalendarEvent, CalendarError> CalendarEvent::parse(const QString &text)
{
    return CalendarParser(text).parse();
}

// --- searching ---------------------------------------------------------------------------------------------

namespace {

// A moment as the wall clock shows it. What is set beyond a field's end is carried, as the C library does.
class WallClock
{
public:
    WallClock(qint64 epoch, QTimeZone zone)
        : m_zone(std::move(zone))
    {
        show(epoch);
    }

    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, weekday = 0;

    void set(int y, int mo, int d, int h, int mi, int s)
    {
        y += (mo - 1) / 12;
        mo = (mo - 1) % 12 + 1;
        const qint64 days = QDate(y, mo, 1).toJulianDay() - QDate(1970, 1, 1).toJulianDay() + d - 1;
        show(epochOf(((days * 24 + h) * 60 + mi) * 60 + s));
    }
    [[nodiscard]] qint64 epoch() const { return m_epoch; }

private:
    [[nodiscard]] qint64 offset(qint64 epoch) const
    {
        return m_zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(epoch, Qt::UTC));
    }
    // Of two instants with this wall time the first; in a gap the one the clock would show with the offset
    // from before the gap.
    [[nodiscard]] qint64 epochOf(qint64 wall) const
    {
        for (const qint64 step : { -86'400, -43'200, 0, 43'200, 86'400 }) {
            const qint64 candidate = wall - offset(wall + step);
            if (candidate + offset(candidate) == wall)
                return candidate;
        }
        return wall - offset(wall - 86'400);
    }
    void show(qint64 epoch)
    {
        m_epoch = epoch;
        const QDateTime wall = QDateTime::fromSecsSinceEpoch(epoch + offset(epoch), Qt::UTC);
        year = wall.date().year();
        month = wall.date().month();
        day = wall.date().day();
        weekday = wall.date().dayOfWeek() - 1;
        hour = wall.time().hour();
        minute = wall.time().minute();
        second = wall.time().second();
    }

    QTimeZone m_zone;
    qint64 m_epoch = 0;
};

bool matches(const CalendarField &field, int value)
{
    return field.empty()
        || std::any_of(field.begin(), field.end(), [value](const auto &r) { return r.contains(value); });
}

std::optional<int> nextValue(const CalendarField &field, int value)
{
    std::optional<int> best;
    for (const CalendarRange &range : field)
        if (const auto next = range.after(value); next && (!best || *next < *best))
            best = next;
    return best;
}

} // namespace

class CalendarSearch
{
public:
    CalendarSearch(const CalendarEvent &event, qint64 from, const QTimeZone &zone)
        : m_event(event)
        , m_at(from, event.m_utc ? QTimeZone::utc() : zone)
    {
    }

    std::optional<qint64> run()
    {
        for (int round = 0; round <= 1000; ++round)
            switch (adjust()) {
            case Step::Found:
                return m_at.epoch();
            case Step::Never:
                return {};
            case Step::Moved:
                break;
            }
        return {};
    }

private:
    enum class Step { Found, Moved, Never };

    // Moves the first field that does not fit to its next value, or the larger one by one.
    Step adjust()
    {
        WallClock &t = m_at;
        if (!matches(m_event.m_year, t.year)) {
            const auto year = nextValue(m_event.m_year, t.year);
            return year ? moved(*year, 1, 1) : Step::Never;
        }
        if (!matches(m_event.m_month, t.month)) {
            const auto month = nextValue(m_event.m_month, t.month);
            return month ? moved(t.year, *month, 1) : moved(t.year + 1, 1, 1);
        }
        if (!matches(m_event.m_day, t.day)) {
            const auto day = nextValue(m_event.m_day, t.day);
            return day ? moved(t.year, t.month, *day) : moved(t.year, t.month + 1, 1);
        }
        if (m_event.m_weekdays != 0 && (m_event.m_weekdays & (1U << t.weekday)) == 0)
            return moved(t.year, t.month, t.day + daysToWeekday());
        return adjustTime();
    }
    Step adjustTime()
    {
        WallClock &t = m_at;
        if (!matches(m_event.m_hour, t.hour)) {
            const auto hour = nextValue(m_event.m_hour, t.hour);
            return hour ? moved(t.year, t.month, t.day, *hour) : moved(t.year, t.month, t.day + 1);
        }
        if (!matches(m_event.m_minute, t.minute)) {
            const auto minute = nextValue(m_event.m_minute, t.minute);
            return minute ? moved(t.year, t.month, t.day, t.hour, *minute)
                          : moved(t.year, t.month, t.day, t.hour + 1);
        }
        if (!matches(m_event.m_second, t.second)) {
            const auto second = nextValue(m_event.m_second, t.second);
            return second ? moved(t.year, t.month, t.day, t.hour, t.minute, *second)
                          : moved(t.year, t.month, t.day, t.hour, t.minute + 1);
        }
        return Step::Found;
    }
    Step moved(int year, int month, int day, int hour = 0, int minute = 0, int second = 0)
    {
        m_at.set(year, month, day, hour, minute, second);
        return Step::Moved;
    }
    // To the next fitting day of this week, else to the next Monday.
    [[nodiscard]] int daysToWeekday() const
    {
        for (int day = m_at.weekday + 1; day < 7; ++day)
            if (m_event.m_weekdays & (1U << day))
                return day - m_at.weekday;
        return 7 - m_at.weekday;
    }

    const CalendarEvent &m_event;
    WallClock m_at;
};

std::optional<qint64> CalendarEvent::next(qint64 after, const QTimeZone &zone) const
{
    return CalendarSearch(*this, after + 1, zone).run();
}

} // namespace tidemark
