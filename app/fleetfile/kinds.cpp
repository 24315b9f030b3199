#include "fleetfile/kinds.h"

#include "schedule/calendarevent.h"
#include "yaml/screen.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

using yaml::Complaint;
using yaml::shown;
using Answer = std::optional<Complaint>;

static Answer unless(bool good, const QString &text, const QString &remedy)
{
    return good ? Answer() : Answer(Complaint { text, remedy });
}

static bool matches(const QString &pattern, const QString &text)
{
    return QRegularExpression(pattern).match(text).hasMatch();
}

static Answer checkSystemIdentifier(const QString &text)
{
    bool number = false;
    const qulonglong value = text.toULongLong(&number);
    return unless(number && value > 0 && matches(u"^[0-9]{1,20}$"_s, text),
        u"\"%1\" is not a system identifier"_s.arg(shown(text)),
        u"Copy the number that pg_controldata shows."_s);
}

static Answer checkPbsUser(const QString &text)
{
    return unless(matches(u"^[^\\s/@!:]+@[A-Za-z][A-Za-z0-9._-]+$"_s, text),
        u"\"%1\" is not a PBS user"_s.arg(shown(text)), u"Write it like backup@pbs."_s);
}

// What follows the colon of "user@realm!name:…" would be the secret itself, so the text is not repeated.
static Answer checkPbsToken(const QString &text)
{
    return unless(matches(u"^[^\\s/@!:]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z0-9._-]+$"_s, text),
        u"this is not the id of a PBS token"_s, u"Write it like backup@pbs!tidemark, without the secret."_s);
}

static Answer checkPbsGroup(const QString &text)
{
    return unless(matches(u"^(vm|ct|host)/[A-Za-z0-9_][A-Za-z0-9._-]*$"_s, text),
        u"\"%1\" is not a PBS backup group"_s.arg(shown(text)), u"Write it like vm/2001."_s);
}

const yaml::ScalarKind &systemIdentifier()
{
    static const yaml::ScalarKind kind { u"system identifier"_s, u"7304873520981635072"_s, u"^[0-9]{1,20}$"_s,
        checkSystemIdentifier };
    return kind;
}

const yaml::ScalarKind &pbsUser()
{
    static const yaml::ScalarKind kind { u"PBS user"_s, u"backup@pbs"_s,
        u"^[^\\s/@!:]+@[A-Za-z][A-Za-z0-9._-]+$"_s, checkPbsUser };
    return kind;
}

const yaml::ScalarKind &pbsToken()
{
    static const yaml::ScalarKind kind { u"PBS token id"_s, u"backup@pbs!tidemark"_s,
        u"^[^\\s/@!:]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z0-9._-]+$"_s, checkPbsToken };
    return kind;
}

const yaml::ScalarKind &pbsGroup()
{
    static const yaml::ScalarKind kind { u"PBS backup group"_s, u"vm/2001"_s,
        u"^(vm|ct|host)/[A-Za-z0-9_][A-Za-z0-9._-]*$"_s, checkPbsGroup };
    return kind;
}

// "*", "5", "1-6", "*/15", "0,6,12,18", and names where the field has them.
static bool cronField(const QString &field, int least, int most, const QStringList &names)
{
    for (const QString &part : field.toLower().split(u',')) {
        const QStringList step = part.split(u'/');
        const QStringList ends = step[0].split(u'-');
        if (step.size() > 2 || ends.size() > 2 || (step.size() == 2 && step[1].toInt() < 1))
            return false;
        for (const QString &end : ends) {
            bool number = false;
            const int value = end.toInt(&number);
            const bool good = (number && value >= least && value <= most) || names.contains(end)
                || (end == "*"_L1 && ends.size() == 1);
            if (!good)
                return false;
        }
    }
    return true;
}

static bool isCron(const QString &when)
{
    static const QStringList months { u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s, u"jul"_s,
        u"aug"_s, u"sep"_s, u"oct"_s, u"nov"_s, u"dec"_s };
    static const QStringList days { u"sun"_s, u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s, u"fri"_s, u"sat"_s };
    const QStringList fields = when.simplified().split(u' ');
    return fields.size() == 5 && cronField(fields[0], 0, 59, {}) && cronField(fields[1], 0, 23, {})
        && cronField(fields[2], 1, 31, {}) && cronField(fields[3], 1, 12, months)
        && cronField(fields[4], 0, 7, days);
}

// As the backup server reads it, so that what is accepted here is what it will do.
static Answer checkCalendar(const QString &when, const QString &not_)
{
    const QString remedy = u"Write a calendar event such as 02:00, mon..fri 20:00 or daily."_s;
    const QString text = when.trimmed();
    const auto event = CalendarEvent::parse(text);
    if (event)
        return text.isEmpty() ? Answer(Complaint { not_, remedy }) : Answer();
    const QString &rest = event.error().rest;
    if (rest.isEmpty() || rest == text)
        return Complaint { not_, remedy };
    return Complaint { u"%1: its %2 cannot be read at \"%3\""_s.arg(
                           not_, event.error().context, shown(rest.trimmed())),
        remedy };
}

static bool isFirstWeekday(const QString &when)
{
    return matches(u"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01][0-9]|2[0-3]):[0-5][0-9]$"_s, when);
}

Answer checkWhen(const QString &when, const QString &form)
{
    const QString not_ = u"\"%1\" is not a time of the form \"%2\""_s.arg(shown(when), form);
    if (form == "cron"_L1)
        return unless(isCron(when), not_, u"Write five fields, such as 0 2 * * 1-6."_s);
    if (form == "first-weekday"_L1)
        return unless(isFirstWeekday(when), not_, u"Write it like Sun 06:00."_s);
    if (form == "interval"_L1)
        return yaml::duration().check(when);
    if (form == "continuous"_L1 || form == "manual"_L1)
        return unless(when.isEmpty(), not_, u"Remove \"when\": this form has no times."_s);
    return checkCalendar(when, not_);
}

} // namespace tidemark::fleetfile
