#include "yaml/scalars.h"

#include "yaml/screen.h"

#include <QHash>
#include <QRegularExpression>
#include <QTimeZone>
#include <QUrl>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

static double bytesOfUnit(const QString &unit)
{
    static const QHash<QString, double> units { { u""_s, 1 }, { u"B"_s, 1 }, { u"kB"_s, 1e3 },
        { u"KB"_s, 1e3 }, { u"MB"_s, 1e6 }, { u"GB"_s, 1e9 }, { u"TB"_s, 1e12 }, { u"PB"_s, 1e15 },
        { u"KiB"_s, 1024 }, { u"MiB"_s, 1048576 }, { u"GiB"_s, 1073741824 }, { u"TiB"_s, 1099511627776 },
        { u"PiB"_s, 1125899906842624 } };
    return units.value(unit, 0);
}

std::optional<Bytes> parseSize(const QString &text)
{
    static const QRegularExpression form(u"^\\s*([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*([A-Za-z]*)\\s*$"_s);
    const auto match = form.match(text);
    const double unit = match.hasMatch() ? bytesOfUnit(match.captured(2)) : 0;
    const double count = std::round(match.captured(1).toDouble() * unit);
    if (unit == 0 || count > 9e18)
        return {};
    if (unit == 1 && !match.captured(1).contains(u'.'))
        return Bytes { match.captured(1).toLongLong() };
    return Bytes { static_cast<qint64>(count) };
}

QString sizeText(Bytes bytes)
{
    static const std::pair<qint64, const char16_t *> units[] { { 1'000'000'000'000, u"TB" },
        { 1'099'511'627'776, u"TiB" }, { 1'000'000'000, u"GB" }, { 1'073'741'824, u"GiB" },
        { 1'000'000, u"MB" }, { 1'048'576, u"MiB" } };
    for (const auto &[unit, word] : units) {
        if (bytes.count != 0 && bytes.count % unit == 0)
            return u"%1 %2"_s.arg(bytes.count / unit).arg(QString::fromUtf16(word));
    }
    return u"%1 B"_s.arg(bytes.count);
}

std::optional<double> parsePercent(const QString &text)
{
    static const QRegularExpression form(u"^\\s*([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s*%\\s*$"_s);
    const auto match = form.match(text);
    const double value = match.captured(1).toDouble();
    if (!match.hasMatch() || value > 100)
        return {};
    return value;
}

QString percentText(double percent)
{
    return QString::number(percent, 'g', 9) + u'%';
}

QString plainFingerprint(const QString &text)
{
    return text.trimmed().toLower();
}

using Answer = std::optional<Complaint>;

static Answer complaint(const QString &text, const QString &remedy)
{
    return Complaint { text, remedy };
}

static Answer checkAny(const QString &)
{
    return {};
}

static Answer checkName(const QString &text)
{
    if (text.isEmpty())
        return complaint(u"the name is empty"_s, u"Give it a name."_s);
    if (text != text.trimmed())
        return complaint(u"the name begins or ends with white space"_s, u"Remove it."_s);
    const bool strange = shown(text, 10000) != text;
    if (strange)
        return complaint(u"the name holds characters that cannot be seen: \"%1\""_s.arg(shown(text)),
            u"Use letters, digits and punctuation."_s);
    if (text.size() > 200)
        return complaint(u"the name is longer than 200 characters"_s, u"Shorten it."_s);
    return {};
}

static bool digits(const QString &text, int most)
{
    return !text.isEmpty() && text.size() <= most
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

static Answer checkNumber(const QString &text)
{
    if (digits(text, 9))
        return {};
    return complaint(u"\"%1\" is not a whole number"_s.arg(shown(text)), u"Write digits, such as 7."_s);
}

static Answer checkPort(const QString &text)
{
    const int value = digits(text, 5) ? text.toInt() : 0;
    if (value >= 1 && value <= 65535)
        return {};
    return complaint(u"\"%1\" is not a port"_s.arg(shown(text)), u"Write a number from 1 to 65535."_s);
}

static Answer checkPercent(const QString &text)
{
    if (parsePercent(text))
        return {};
    return complaint(u"\"%1\" is not a percentage"_s.arg(shown(text)), u"Write it like 99.9%."_s);
}

static Answer checkDuration(const QString &text)
{
    if (parseDuration(text))
        return {};
    const auto remedy = digits(text, 12) ? u"Add a unit: s, min, h, d, w, months or y."_s
                                         : u"Write it like 15 min, 4 h, 30 d or 1 y."_s;
    return complaint(u"\"%1\" is not a duration"_s.arg(shown(text)), remedy);
}

static Answer checkSize(const QString &text)
{
    if (parseSize(text))
        return {};
    return complaint(u"\"%1\" is not a size"_s.arg(shown(text)), u"Write it like 512 MiB or 4 TB."_s);
}

static Answer checkZone(const QString &text)
{
    const bool iana = text == "UTC"_L1 || text.contains(u'/');
    if (iana && QTimeZone::isTimeZoneIdAvailable(text.toUtf8()))
        return {};
    return complaint(u"\"%1\" is not a time zone"_s.arg(shown(text)),
        u"Write an IANA name such as Europe/Berlin, or UTC."_s);
}

static Answer checkUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return complaint(u"the address holds a user name or password"_s,
            u"Name the secret instead: secret: NAME, or password_command."_s);
    if (url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty() && url.port(8007) > 0)
        return {};
    return complaint(u"\"%1\" is not an https address"_s.arg(shown(text)),
        u"Write it like https://pbs01.example.org:8007."_s);
}

static Answer checkFingerprint(const QString &text)
{
    static const QRegularExpression form(u"^(?:[0-9a-f]{2}:){31}[0-9a-f]{2}$"_s);
    if (form.match(plainFingerprint(text)).hasMatch())
        return {};
    return complaint(u"\"%1\" is not a SHA-256 fingerprint"_s.arg(shown(text, 100)),
        u"Copy all 32 pairs joined by colons, as the server shows them."_s);
}

const ScalarKind &anyText()
{
    static const ScalarKind kind { u"text"_s, u"any text"_s, {}, checkAny };
    return kind;
}

const ScalarKind &nameText()
{
    static const ScalarKind kind { u"name"_s, u"oltp-db"_s, u"^\\S(.*\\S)?$"_s, checkName };
    return kind;
}

const ScalarKind &wholeNumber()
{
    static const ScalarKind kind { u"number"_s, u"7"_s, u"^[0-9]{1,9}$"_s, checkNumber };
    return kind;
}

const ScalarKind &port()
{
    static const ScalarKind kind { u"port"_s, u"5432"_s, u"^[0-9]{1,5}$"_s, checkPort };
    return kind;
}

const ScalarKind &percent()
{
    static const ScalarKind kind { u"percentage"_s, u"99.9%"_s,
        u"^\\s*[0-9]{1,3}(\\.[0-9]{1,6})?\\s*%\\s*$"_s, checkPercent };
    return kind;
}

const ScalarKind &duration()
{
    static const ScalarKind kind { u"duration"_s, u"15 min"_s,
        u"^\\s*([0-9]{1,12}\\s*(s|sec|seconds?|min|minutes?|h|hours?|d|days?|w|weeks?|months?|y|years?)\\s*)+$"_s,
        checkDuration };
    return kind;
}

const ScalarKind &size()
{
    static const ScalarKind kind { u"size"_s, u"4 TB"_s,
        u"^\\s*[0-9]{1,15}(\\.[0-9]{1,6})?\\s*([kKMGTP]?B|[KMGTP]iB)?\\s*$"_s, checkSize };
    return kind;
}

const ScalarKind &zone()
{
    static const ScalarKind kind { u"time zone"_s, u"Europe/Berlin"_s, u"^(UTC|[A-Za-z_]+/.+)$"_s,
        checkZone };
    return kind;
}

const ScalarKind &httpsUrl()
{
    static const ScalarKind kind { u"address"_s, u"https://pbs01.example.org:8007"_s,
        u"^https://[^/@]+(/.*)?$"_s, checkUrl };
    return kind;
}

const ScalarKind &fingerprint()
{
    static const ScalarKind kind { u"fingerprint"_s, u"3e:41:…:9b"_s,
        u"^\\s*([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}\\s*$"_s, checkFingerprint };
    return kind;
}

} // namespace tidemark::yaml
