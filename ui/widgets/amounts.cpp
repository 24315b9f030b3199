#include "widgets/amounts.h"

#include "values/duration.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// By SpanUnit.
// clang-format off
constexpr std::array<const char *, 6> Words {
    QT_TRANSLATE_NOOP("Amount", "%1 y"), QT_TRANSLATE_N_NOOP("Amount", "%n months"),
    QT_TRANSLATE_NOOP("Amount", "%1 d"), QT_TRANSLATE_NOOP("Amount", "%1 h"),
    QT_TRANSLATE_NOOP("Amount", "%1 min"), QT_TRANSLATE_NOOP("Amount", "%1 s"),
};
constexpr std::array<const char *, 6> Tight {
    QT_TRANSLATE_NOOP("Amount", "%1 y"), QT_TRANSLATE_NOOP("Amount", "%1 mo"),
    QT_TRANSLATE_NOOP("Amount", "%1 d"), QT_TRANSLATE_NOOP("Amount", "%1 h"),
    QT_TRANSLATE_NOOP("Amount", "%1 m"), QT_TRANSLATE_NOOP("Amount", "%1 s"),
};
// clang-format on

QString said(std::chrono::seconds duration, const std::array<const char *, 6> &patterns)
{
    QStringList parts;
    for (const SpanPart &part : roundedSpan(duration)) {
        const QString text = QCoreApplication::translate(
            "Amount", patterns[std::size_t(part.unit)], nullptr, int(part.count));
        parts.append(text.contains(u"%1"_s) ? text.arg(part.count) : text);
    }
    return parts.join(u' ');
}

} // namespace

QString durationWords(std::chrono::seconds duration)
{
    return said(duration, Words);
}

QString tightDuration(std::chrono::seconds duration)
{
    return said(duration, Tight);
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
