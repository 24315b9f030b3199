#include "fleet/answers.h"

namespace tidemark {

bool isCertificateError(const Error &error)
{
    return error.code == u"pbs.fingerprint-mismatch" || error.code == u"pbs.certificate-untrusted";
}

bool isRefusal(const Error &error)
{
    // A role that is not there, or may not sign in, is the server's refusal too.
    return error.kind == ErrorKind::Denied || error.code == u"pg.role";
}

bool isSecretError(const Error &error)
{
    return error.code.startsWith(u"secrets.") || error.code == u"pg.password-command";
}

bool archives(const ServerFacts &facts)
{
    if (facts.archiveMode == u"always")
        return true;
    return facts.archiveMode == u"on" && !facts.inRecovery;
}

bool archiverFails(const ServerFacts &facts)
{
    if (!archives(facts) || !facts.archiver || !facts.archiver->lastFailedAt)
        return false;
    return !facts.archiver->lastArchivedAt || *facts.archiver->lastFailedAt > *facts.archiver->lastArchivedAt;
}

} // namespace tidemark
