#include "values/conninfo.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString conninfoPair(const QString &key, const QString &value)
{
    QString text = value;
    text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return key + u"='"_s + text + u'\'';
}

} // namespace tidemark
