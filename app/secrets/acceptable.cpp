#include "secrets/acceptable.h"

using namespace Qt::StringLiterals;

namespace tidemark {

Result<> acceptableName(const QString &name)
{
    if (name.isEmpty() || name.contains(QChar(u'\0')) || !name.isValidUtf16())
        return failure(
            ErrorKind::Invalid, u"secrets.name"_s, u"the name is empty or holds a NUL character"_s);
    return {};
}

Result<> acceptable(const QString &name, const Secret &secret)
{
    if (auto good = acceptableName(name); !good)
        return good;
    const qsizetype size = secret.reveal().size();
    if (size == 0 || size > LargestSecret)
        return failure(ErrorKind::Invalid, u"secrets.size"_s,
            u"a secret has 1 to %1 bytes, this one %2"_s.arg(LargestSecret).arg(size));
    return {};
}

Error missingSecret(const QString &name)
{
    return { ErrorKind::NotFound, u"secrets.missing"_s, u"there is no secret \"%1\""_s.arg(name) };
}

} // namespace tidemark
