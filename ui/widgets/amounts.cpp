#include "widgets/amounts.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Unit {
    qint64 seconds;
    const char *words;
    const char *tight;
};

// clang-format off
constexpr std::array<Unit, 4> Units { {
    { 86'400, QT_TRANSLATE_NOOP("Amount", "%1 d"), QT_TRANSLATE_NOOP("Amount", "%1 d") },
    { 3'600, QT_TRANSLATE_NOOP("Amount", "%1 h"), QT_TRANSLATE_NOOP("Amount", "%1 h") },
    { 60, QT_TRANSLATE_NOOP("Amount", "%1 min"), QT_TRANSLATE_NOOP("Amount", "%1 m") },
    { 1, QT_TRANSLATE_NOOP("Amount", "%1 s"), QT_TRANSLATE_NOOP("Amount", "%1 s") },
} };
// clang-format on

QString said(const char *pattern, qint64 amount)
{
    return QCoreApplication::translate("Amount", pattern).arg(amount);
}

QString twoUnits(std::chrono::seconds duration, const char *Unit::*pattern)
{
    const qint64 total = std::abs(duration.count());
    for (std::size_t i = 0; i + 1 < Units.size(); ++i) {
        if (total < Units[i].seconds)
            continue;
        const qint64 rest = total % Units[i].seconds / Units[i + 1].seconds;
        const QString first = said(Units[i].*pattern, total / Units[i].seconds);
        return rest == 0 ? first : first + u' ' + said(Units[i + 1].*pattern, rest);
    }
    return said(Units.back().*pattern, total);
}

} // namespace

QString durationWords(std::chrono::seconds duration)
{
    return twoUnits(duration, &Unit::words);
}

QString tightDuration(std::chrono::seconds duration)
{
    return twoUnits(duration, &Unit::tight);
}

QString agoWords(std::chrono::seconds age)
{
    //: %1 is a duration such as "3 min 20 s"
    return QCoreApplication::translate("Amount", "%1 ago").arg(durationWords(age));
}

QString sizeWords(Bytes size)
{
    static const std::array<QString, 6> Suffixes { u"B"_s, u"kB"_s, u"MB"_s, u"GB"_s, u"TB"_s, u"PB"_s };
    double amount = double(std::abs(size.count));
    std::size_t step = 0;
    while (amount >= 999.5 && step + 1 < Suffixes.size()) {
        amount /= 1000;
        ++step;
    }
    const int decimals = step == 0 || amount >= 99.95 ? 0 : amount >= 9.995 ? 1 : 2;
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const QString sign = size.count < 0 ? u"\u2212"_s : QString();
    return sign + locale.toString(amount, 'f', decimals) + u' ' + Suffixes[step];
}

QString countWords(qint64 count)
{
    QString digits = QString::number(std::abs(count));
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, QChar(0x2009));
    return count < 0 ? u"\u2212"_s + digits : digits;
}

} // namespace tidemark
