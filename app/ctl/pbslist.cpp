#include "ctl/pbslist.h"

#include "ctl/words.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

Remark noAnswer(const Source &source, const Error &error)
{
    return { levelOf(error), source.name, errorWords(error) };
}

Remark notComplete(const Source &source, const std::vector<MissingRight> &missing)
{
    QStringList parts;
    for (const MissingRight &right : missing)
        parts << u"%1 (%2)"_s.arg(safe(right.what), safe(right.grant));
    const QString why = parts.isEmpty() ? QString() : u", it lacks: "_s + parts.join(u"; "_s);
    return { Level::Warning, source.name,
        u"this is not all there is: the account may not see everything"_s + why };
}

} // namespace tidemark::ctl
