#pragma once

#include <QString>
#include <QTimeZone>

#include <optional>
#include <tl/expected.hpp>
#include <vector>

namespace tidemark {

// Where a calendar event stopped making sense.
struct CalendarError {
    QString rest; // what is left of the text there
    QString context; // "weekday", "date" or "time"

    bool operator==(const CalendarError &) const = default;
};

// One value, a range or a step of a calendar field.
struct CalendarRange {
    int first = 0;
    std::optional<int> last; // a range ends here; a step without one is open
    int step = 0; // 0: no step

    bool operator==(const CalendarRange &) const = default;
    [[nodiscard]] bool contains(int value) const;
    // The next value above, which an open step may give beyond the field's end.
    [[nodiscard]] std::optional<int> after(int value) const;
};

using CalendarField = std::vector<CalendarRange>; // empty: any value

// A schedule as Proxmox Backup Server reads it ("mon..fri 21:30", "*-*-01 04:00", "daily"), its search quirks
// included, because what matters is when that server will run a job.
class CalendarEvent
{
public:
    [[nodiscard]] static tl::expected<CalendarEvent, CalendarError> parse(const QString &text);

    // The first event after a moment (both epoch seconds), in the server's zone; nothing when there is none.
    [[nodiscard]] std::optional<qint64> next(qint64 after, const QTimeZone &zone) const;

    bool operator==(const CalendarEvent &) const = default;

private:
    friend class CalendarParser;
    friend class CalendarSearch;

    unsigned m_weekdays = 0; // bit 0 is Monday; none: any day
    CalendarField m_year;
    CalendarField m_month;
    CalendarField m_day;
    CalendarField m_hour;
    CalendarField m_minute;
    CalendarField m_second;
    bool m_utc = false;
};

} // namespace tidemark
