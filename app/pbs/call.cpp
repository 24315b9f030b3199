#include "pbs/call.h"

#include <QUrl>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

QByteArray verb(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    }
    Q_UNREACHABLE();
}

bool travelsInBody(Method method)
{
    return method == Method::Post || method == Method::Put;
}

QByteArray encoded(const Params &params)
{
    QByteArray out;
    for (const auto &[name, value] : params) {
        if (!out.isEmpty())
            out += '&';
        out += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    return out;
}

Result<QByteArray> Call::encodedPath() const
{
    QByteArray out;
    for (const QString &segment : path) {
        if (segment.isEmpty() || segment == u"."_s || segment == u".."_s)
            return failure(
                ErrorKind::Invalid, u"pbs.parameter"_s, u"a name in the address is empty, \".\" or \"..\""_s);
        out += '/' + QUrl::toPercentEncoding(segment);
    }
    return out;
}

} // namespace tidemark::pbs
