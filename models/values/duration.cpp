#include "values/duration.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qint64 LongestSeconds = 1000LL * 365 * 86400;

static qint64 secondsOfUnit(const QString &unit)
{
    static const QHash<QString, qint64> units { { u"s"_s, 1 }, { u"sec"_s, 1 }, { u"second"_s, 1 },
        { u"min"_s, 60 }, { u"minute"_s, 60 }, { u"h"_s, 3600 }, { u"hour"_s, 3600 }, { u"d"_s, 86400 },
        { u"day"_s, 86400 }, { u"w"_s, 604800 }, { u"week"_s, 604800 }, { u"month"_s, 2592000 },
        { u"y"_s, 31536000 }, { u"year"_s, 31536000 } };
    if (const auto found = units.constFind(unit); found != units.constEnd())
        return *found;
    return unit.size() > 3 && unit.endsWith(u's') ? units.value(unit.chopped(1), 0) : 0;
}

std::optional<std::chrono::seconds> parseDuration(const QString &text)
{
    static const QRegularExpression whole(u"^\\s*(?:[0-9]{1,12}\\s*[a-z]+\\s*)+$"_s);
    static const QRegularExpression part(u"([0-9]{1,12})\\s*([a-z]+)"_s);
    if (text.size() > 64 || !whole.match(text).hasMatch())
        return {};
    qint64 sum = 0;
    for (auto match = part.globalMatch(text); match.hasNext();) {
        const auto piece = match.next();
        const qint64 unit = secondsOfUnit(piece.captured(2));
        const qint64 count = piece.captured(1).toLongLong();
        if (unit == 0 || count > (LongestSeconds - sum) / unit)
            return {};
        sum += count * unit;
    }
    return std::chrono::seconds(sum);
}

static std::vector<SpanPart> longSpan(qint64 seconds)
{
    constexpr qint64 year = 31'557'600;
    constexpr qint64 month = year / 12;
    if (seconds >= 3 * year)
        return { { SpanUnit::Year, (seconds + year / 2) / year } };
    const qint64 months = (seconds + month / 2) / month;
    std::vector<SpanPart> parts;
    if (months >= 12)
        parts.push_back({ SpanUnit::Year, months / 12 });
    if (months % 12 > 0)
        parts.push_back({ SpanUnit::Month, months % 12 });
    return parts;
}

std::vector<SpanPart> roundedSpan(std::chrono::seconds span)
{
    struct Unit {
        SpanUnit unit;
        qint64 seconds;
    };
    static constexpr Unit units[] { { SpanUnit::Day, 86400 }, { SpanUnit::Hour, 3600 },
        { SpanUnit::Minute, 60 }, { SpanUnit::Second, 1 } };
    const qint64 total = qAbs(qint64 { span.count() });
    if (total >= 60 * 86400)
        return longSpan(total);
    if (total >= 14 * 86400)
        return { { SpanUnit::Day, total / 86400 } };
    std::vector<SpanPart> parts;
    qint64 left = total;
    for (const auto &[unit, size] : units) {
        if (const qint64 count = left / size; count > 0)
            parts.push_back({ unit, count });
        else if (!parts.empty())
            break; // only neighbours
        if (parts.size() == 2)
            break;
        left %= size;
    }
    return parts.empty() ? std::vector<SpanPart> { { SpanUnit::Second, 0 } } : parts;
}

QString durationText(std::chrono::seconds duration)
{
    const qint64 s = duration.count();
    if (s != 0 && s % 31536000 == 0)
        return u"%1 y"_s.arg(s / 31536000);
    if (s != 0 && s % 86400 == 0)
        return u"%1 d"_s.arg(s / 86400);
    if (s != 0 && s % 3600 == 0)
        return u"%1 h"_s.arg(s / 3600);
    return s % 60 == 0 ? u"%1 min"_s.arg(s / 60) : u"%1 s"_s.arg(s);
}

} // namespace tidemark
