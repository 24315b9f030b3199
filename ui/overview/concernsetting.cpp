#include "overview/concernsetting.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct CodeField {
    QLatin1StringView code; // or how it begins
    QLatin1StringView field;
};

// The first that fits.
constexpr std::array ServerFields {
    CodeField { "pg.password-command"_L1, "password_command"_L1 },
    CodeField { "pg.password"_L1, "secret"_L1 },
    CodeField { "pg.28P01"_L1, "secret"_L1 },
    CodeField { "pg.3D000"_L1, "database"_L1 },
    CodeField { "pg.tls"_L1, "sslmode"_L1 },
    CodeField { "pg.no-service"_L1, "service"_L1 },
    CodeField { "pg.uri"_L1, "uri"_L1 },
    CodeField { "ssh."_L1, "via"_L1 },
    CodeField { "secrets.command"_L1, "password_command"_L1 },
    CodeField { "secrets."_L1, "secret"_L1 },
    CodeField { ""_L1, "user"_L1 },
};

constexpr std::array SourceFields {
    CodeField { "pbs.fingerprint"_L1, "fingerprint"_L1 },
    CodeField { "pbs.certificate"_L1, "fingerprint"_L1 },
    CodeField { "pbs.url"_L1, "url"_L1 },
    CodeField { "pbs.auth"_L1, "secret"_L1 },
    CodeField { "secrets.command"_L1, "password_command"_L1 },
    CodeField { "secrets."_L1, "secret"_L1 },
    CodeField { ""_L1, "token_id"_L1 },
};

template <class Table>
QString fieldOf(const Table &table, const QString &code)
{
    const auto row = std::ranges::find_if(
        table, [&](const CodeField &one) { return one.code.isEmpty() || code.startsWith(one.code); });
    return QString(row->field);
}

} // namespace

QStringList settingOf(const Concern &concern)
{
    const QString code = concern.error ? concern.error->code : QString();
    if (concern.ofSource)
        return { u"sources"_s, concern.subject, fieldOf(SourceFields, code) };
    if (concern.kind == ConcernKind::EnvironmentUnset)
        return { u"clusters"_s, concern.subject, u"environment"_s };
    return { u"clusters"_s, concern.subject, u"connect"_s, fieldOf(ServerFields, code) };
}

} // namespace tidemark
