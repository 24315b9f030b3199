#pragma once

#include <QDate>
#include <QString>
#include <QTimeZone>

#include <bitset>
#include <optional>
#include <vector>

namespace tidemark {

// A line of five fields as cron reads it: day of month and day of week are alternatives when both are
// restricted. Where clocks change, a fixed hour that does not exist runs at the change and one that comes
// twice runs once, while "every hour" follows the real hours.
class Cron
{
public:
    // Nothing when it is not five fields with values in their ranges.
    [[nodiscard]] static std::optional<Cron> parse(const QString &line);

    // The first time after a moment (both epoch seconds); nothing when it never comes ("0 0 31 2 *").
    [[nodiscard]] std::optional<qint64> next(qint64 after, const QTimeZone &zone) const;

    bool operator==(const Cron &) const = default;

private:
    [[nodiscard]] bool on(QDate date) const;
    [[nodiscard]] std::vector<qint64> timesOf(QDate date, const QTimeZone &zone) const;

    std::bitset<60> m_minutes;
    std::bitset<24> m_hours;
    std::bitset<32> m_days;
    std::bitset<13> m_months;
    std::bitset<8> m_weekdays; // 1 is Monday, 7 is Sunday
    bool m_anyHour = false;
    bool m_anyDay = false;
    bool m_anyWeekday = false;
};

// A wall-clock time of a zone as epoch seconds: once, twice where clocks go back, not at all where they skip
// it.
[[nodiscard]] std::vector<qint64> wallClock(const QDateTime &local, const QTimeZone &zone);
// The moment at which clocks skip this wall-clock time.
[[nodiscard]] std::optional<qint64> skippedAt(const QDateTime &local, const QTimeZone &zone);

} // namespace tidemark
