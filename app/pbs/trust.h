#pragma once

#include "fleet/fleetstate.h"
#include "values/error.h"

#include <QList>
#include <QSslCertificate>
#include <QSslError>
#include <QString>
#include <QUrl>
#include <qcorotask.h>

#include <chrono>
#include <stop_token>

namespace tidemark::pbs {

// SHA-256 of the certificate, lower case, 32 pairs joined by ':'; empty for none.
[[nodiscard]] QString fingerprintOf(const QSslCertificate &certificate);

// "pbs.fingerprint-mismatch": the detail names both.
[[nodiscard]] Error mismatch(const QString &confirmed, const QSslCertificate &shown);
// "pbs.certificate-untrusted": the detail names the fingerprint and what the system objects to.
[[nodiscard]] Error untrusted(const QSslCertificate &shown, const QList<QSslError> &errors);
[[nodiscard]] Error cancelledError();

// Shakes hands and hangs up: what certificate a server shows. No byte of a request is sent.
[[nodiscard]] QCoro::Task<Result<CertificateFacts>> shownCertificate(
    QUrl base, std::chrono::milliseconds limit, std::stop_token stop);

} // namespace tidemark::pbs
