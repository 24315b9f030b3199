#include "widgets/figures.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool hidden(QChar c)
{
    const bool direction = (c >= QChar(0x202a) && c <= QChar(0x202e))
        || (c >= QChar(0x2066) && c <= QChar(0x2069)) || c == QChar(0x200e) || c == QChar(0x200f);
    return direction || c.category() == QChar::Other_Control || c == QChar::LineSeparator
        || c == QChar::ParagraphSeparator;
}

QChar sign(QChar c)
{
    if (c.unicode() < 0x20)
        return QChar(char16_t(0x2400 + c.unicode()));
    return QChar::ReplacementCharacter;
}

} // namespace

QString agoWords(Instant then, Instant now)
{
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - then);
    //: %1 is a duration such as "3 min 20 s"
    return age.count() < 0 ? QCoreApplication::translate("Amount", "in %1").arg(durationWords(-age))
                           : agoWords(age);
}

QString oneLine(const QString &text)
{
    QString shown = text;
    for (QChar &c : shown)
        if (hidden(c))
            c = sign(c);
    return shown;
}

QString plainTip(const QString &text)
{
    if (text.isEmpty())
        return text;
    return u"<span>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</span>"_s;
}

} // namespace tidemark
