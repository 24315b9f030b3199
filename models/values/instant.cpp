#include "values/instant.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Seconds east of UTC of "Z", "+01", "+0100", "+01:00" or "+05:53:28".
std::optional<int> offsetOf(const QString &text)
{
    if (text == u"Z" || text == u"z")
        return 0;
    static const QRegularExpression form(u"^([+-])(\\d{2})(?::?(\\d{2}))?(?::?(\\d{2}))?$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const int hours = match.captured(2).toInt();
    const int minutes = match.captured(3).toInt();
    const int seconds = match.captured(4).toInt();
    if (hours > 18 || minutes > 59 || seconds > 59)
        return std::nullopt;
    const int total = hours * 3600 + minutes * 60 + seconds;
    return match.captured(1) == u"-" ? -total : total;
}

} // namespace

std::optional<Instant> Instant::parse(const QString &text)
{
    static const QRegularExpression form(
        u"^(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2})?)(?:[.,](\\d{1,6})\\d*)?\\s?(Z|z|[+-][\\d:]+)$"_s);
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    const QTime time = QTime::fromString(match.captured(2), Qt::ISODate);
    const auto offset = offsetOf(match.captured(4));
    if (!date.isValid() || !time.isValid() || !offset)
        return std::nullopt;
    const qint64 seconds = QDateTime(date, time, QTimeZone::utc()).toSecsSinceEpoch() - *offset;
    const qint64 micro = match.captured(3).leftJustified(6, QLatin1Char('0')).toLongLong();
    return Instant { std::chrono::seconds(seconds) + std::chrono::microseconds(micro) };
}

QString Instant::toIso() const
{
    const auto whole = std::chrono::floor<std::chrono::seconds>(sinceEpoch);
    const auto micro = (sinceEpoch - whole).count();
    QString text
        = QDateTime::fromSecsSinceEpoch(whole.count(), QTimeZone::utc()).toString(u"yyyy-MM-ddTHH:mm:ss"_s);
    if (micro % 1000 != 0)
        text += u".%1"_s.arg(micro, 6, 10, QLatin1Char('0'));
    else if (micro != 0)
        text += u".%1"_s.arg(micro / 1000, 3, 10, QLatin1Char('0'));
    return text + u'Z';
}

} // namespace tidemark
