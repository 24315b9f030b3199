#include "ctl/answer.h"

#include "ctl/words.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

static int weight(Level level)
{
    switch (level) {
    case Level::Ok:
        return 0;
    case Level::Warning:
        return 1;
    case Level::Unknown:
        return 2;
    case Level::Critical:
        return 3;
    }
    return 2;
}

Level worse(Level a, Level b)
{
    return weight(a) < weight(b) ? b : a;
}

QString levelWord(Level level)
{
    switch (level) {
    case Level::Ok:
        return u"ok"_s;
    case Level::Warning:
        return u"warning"_s;
    case Level::Critical:
        return u"critical"_s;
    case Level::Unknown:
        return u"unknown"_s;
    }
    return u"unknown"_s;
}

static Answer unknownBecause(const QString &line, const QString &code, const QString &detail)
{
    const QJsonObject error { { u"code"_s, code }, { u"detail"_s, detail } };
    return { Level::Unknown, {}, { { u"status"_s, levelWord(Level::Unknown) }, { u"error"_s, error } },
        line };
}

Answer misused(const QString &why)
{
    return unknownBecause(why, u"ctl.usage"_s, why);
}

Answer failed(const Error &error)
{
    return unknownBecause(errorWords(error), error.code, error.detail);
}

} // namespace tidemark::ctl
