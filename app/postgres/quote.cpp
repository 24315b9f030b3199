#include "postgres/quote.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Result<> refuseZero(const QString &text)
{
    if (text.contains(QChar(0)))
        return failure(ErrorKind::Invalid, u"pg.zero-character"_s, u"text with a zero character"_s);
    return {};
}

} // namespace

Result<QString> quoteIdentifier(const QString &name)
{
    if (auto fine = refuseZero(name); !fine)
        return tl::unexpected(std::move(fine).error());
    if (name.isEmpty())
        return failure(ErrorKind::Invalid, u"pg.empty-name"_s, u"an empty name"_s);
    QString doubled = name;
    doubled.replace(u'"', u"\"\""_s);
    return u'"' + doubled + u'"';
}

// The E'' form reads the same whatever standard_conforming_strings says.
Result<QString> quoteLiteral(const QString &value)
{
    if (auto fine = refuseZero(value); !fine)
        return tl::unexpected(std::move(fine).error());
    QString doubled = value;
    doubled.replace(u'\'', u"''"_s);
    if (!doubled.contains(u'\\'))
        return u'\'' + doubled + u'\'';
    doubled.replace(u'\\', u"\\\\"_s);
    return u"E'"_s + doubled + u'\'';
}

} // namespace tidemark
