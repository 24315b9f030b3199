#include "schedule/timeofday.h"

#include "schedule/recurrence.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// A rule as the text before its time, the time, and what is behind it.
struct Parted {
    QString before;
    QTime time;
    QString after;
    bool cron = false;
};

QString spelledOut(const QString &when)
{
    static const QHash<QString, QString> words { { u"daily"_s, u"00:00"_s }, { u"weekly"_s, u"mon 00:00"_s },
        { u"monthly"_s, u"*-*-01 00:00"_s } };
    const QString text = when.trimmed();
    return words.value(text.toLower(), text);
}

std::optional<Parted> partedCron(const QString &when)
{
    static const QRegularExpression form(u"^\\s*([0-9]{1,2})\\s+([0-9]{1,2})(\\s.+)$"_s);
    const auto match = form.match(when);
    if (!match.hasMatch())
        return {};
    return Parted { {}, QTime(match.captured(2).toInt(), match.captured(1).toInt()), match.captured(3),
        true };
}

std::optional<Parted> partedCalendar(const QString &when)
{
    static const QRegularExpression form(u"^(.*\\s)?([0-9]{1,2}):([0-9]{2})(:00)?( UTC)?$"_s);
    const auto match = form.match(spelledOut(when));
    if (!match.hasMatch())
        return {};
    return Parted { match.captured(1), QTime(match.captured(2).toInt(), match.captured(3).toInt()),
        match.captured(5) };
}

std::optional<Parted> parted(const QString &when, const QString &form)
{
    const bool known = form.isEmpty() || form == u"calendar" || form == u"cron" || form == u"first-weekday";
    const auto rule = known ? Recurrence::parse(when, form, {}) : std::nullopt;
    auto found = !rule ? std::nullopt : form == u"cron" ? partedCron(when) : partedCalendar(when);
    return found && found->time.isValid() ? found : std::nullopt;
}

} // namespace

std::optional<QTime> timeOfDay(const QString &when, const QString &form)
{
    const auto found = parted(when, form);
    return found ? std::optional(found->time) : std::nullopt;
}

std::optional<QString> atTimeOfDay(const QString &when, const QString &form, QTime time)
{
    const auto found = parted(when, form);
    if (!found || !time.isValid())
        return {};
    const QString moved = found->cron ? u"%1 %2%3"_s.arg(time.minute()).arg(time.hour()).arg(found->after)
                                      : found->before + time.toString(u"HH:mm"_s) + found->after;
    return Recurrence::parse(moved, form, {}) ? std::optional(moved) : std::nullopt;
}

} // namespace tidemark
