#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QString>

namespace tidemark::standin {

struct Identity {
    QSslCertificate certificate;
    QSslKey key;

    // SHA-256 of the leaf, lower-case pairs joined by colons.
    [[nodiscard]] QString fingerprint() const;
};

// A self-signed RSA certificate for loopback. Takes a moment.
[[nodiscard]] Identity makeIdentity(const QString &commonName);
// The one kept in a folder, made when it is missing or unreadable.
[[nodiscard]] Identity identityIn(const QString &folder, const QString &commonName);
[[nodiscard]] bool saveIdentity(const Identity &identity, const QString &folder);

} // namespace tidemark::standin
