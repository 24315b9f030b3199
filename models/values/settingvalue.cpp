#include "values/settingvalue.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString settingValue(const QString &value)
{
    QString text = value;
    text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"''"_s).replace(u'\n', u"\\n"_s);
    return u'\'' + text + u'\'';
}

} // namespace tidemark
