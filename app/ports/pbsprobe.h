#pragma once

#include "fleet/fleet.h"
#include "fleet/fleetstate.h"
#include "values/secret.h"

#include <qcorotask.h>

#include <optional>
#include <stop_token>

namespace tidemark {

// Asks a Proxmox Backup Server what it is and what the token may see. Changes nothing there.
class PbsProbe
{
public:
    virtual ~PbsProbe() = default;
    // Shakes hands and hangs up; no credential and no request is sent.
    [[nodiscard]] virtual QCoro::Task<Result<CertificateFacts>> certificate(QString url, std::stop_token stop)
        = 0;
    // A person has confirmed this fingerprint for this server, perhaps again. Forms that are none are passed
    // over: the fleet file is where they are refused.
    virtual void confirm(const QString &url, const QString &fingerprint) = 0;
    // A certificate that differs from the source's confirmed fingerprint (or, without one, is not trusted by
    // the system) is "pbs.fingerprint-mismatch" resp. "pbs.certificate-untrusted", and nothing was sent.
    // After a mismatch every request to that server is one too, without asking it and also when the confirmed
    // certificate is back, until confirm() or until the source has another fingerprint. A given secret is
    // used instead of the one the source names.
    [[nodiscard]] virtual QCoro::Task<Result<PbsFacts>> probe(
        Source source, std::optional<Secret> secret, std::stop_token stop)
        = 0;
};

} // namespace tidemark
