#include "overview/findingact.h"

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

QString instantOf(const Finding &finding)
{
    const bool due = finding.code == u"schedule.missed"; // since: the last that went well
    const auto at = finding.since && !due ? finding.since : finding.until;
    return at ? at->toIso() : QString();
}

} // namespace

QStringList settingOf(const Finding &finding)
{
    const QString code = finding.error ? finding.error->code : QString();
    if (finding.code == u"source.certificate-changed" || finding.code.endsWith(u".access-refused")
        || finding.code.endsWith(u".no-secret"))
        return finding.cluster.isEmpty()
            ? QStringList { u"sources"_s, finding.source, fieldOf(SourceFields, code) }
            : QStringList { u"clusters"_s, finding.cluster, u"connect"_s, fieldOf(ServerFields, code) };
    if (finding.code == u"cluster.environment")
        return { u"clusters"_s, finding.cluster, u"environment"_s };
    if (finding.cluster.isEmpty())
        return { u"sources"_s, finding.source };
    return { u"clusters"_s, finding.cluster };
}

FindingAct actOf(const Finding &finding)
{
    using Kind = FindingAct::Kind;
    const FindingKind *kind = findingKind(finding.code);
    if (!kind)
        return {};
    switch (kind->action) {
    case FindingAction::ShowTimeline:
        if (finding.cluster.isEmpty())
            return {};
        return { Kind::Timeline, { finding.cluster, instantOf(finding) } };
    case FindingAction::ShowRuns:
        return { Kind::Calendar, { finding.cluster, instantOf(finding) } };
    case FindingAction::ShowArtifact:
        if (finding.cluster.isEmpty() || finding.subject.isEmpty())
            return {};
        return { Kind::Backup, { finding.cluster, instantOf(finding), finding.source, finding.subject } };
    case FindingAction::EditFleet:
    case FindingAction::ReviewCertificate:
        return { Kind::Settings, settingOf(finding) };
    case FindingAction::TestConnection:
        if (finding.code.endsWith(u".access-refused")) // trying again is refused again
            return { Kind::Settings, settingOf(finding) };
        return finding.cluster.isEmpty() ? FindingAct { Kind::TrySource, { finding.source } }
                                         : FindingAct { Kind::TryServer, { finding.cluster } };
    case FindingAction::ReadNow:
        return { Kind::TrySource, { finding.source } };
    case FindingAction::CopyGrants:
        return { Kind::Grants, {} };
    case FindingAction::ShowServer:
    case FindingAction::ShowSource:
    case FindingAction::TakeBaseBackup:
    case FindingAction::TakeDump:
    case FindingAction::FixArchiving:
    case FindingAction::Verify:
    case FindingAction::RemoveFiles:
    case FindingAction::SetRetention:
    case FindingAction::FreeSpace:
    case FindingAction::DropSlot:
    case FindingAction::SetClock:
        break;
    }
    return {};
}

} // namespace tidemark
