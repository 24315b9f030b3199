#pragma once

#include "values/error.h"
#include "values/secret.h"

#include <QString>
#include <QUrl>

#include <optional>
#include <variant>

namespace tidemark::pbs {

struct TokenAuth {
    QString id; // user@realm!name
    Secret secret;
    bool operator==(const TokenAuth &) const = default;
};

struct PasswordAuth {
    QString user; // user@realm
    Secret password;
    std::optional<Secret> totpSeed; // base32 or an otpauth:// address
    bool operator==(const PasswordAuth &) const = default;
};

using Auth = std::variant<std::monostate, TokenAuth, PasswordAuth>;

// One server, who we are there, and the certificate a person confirmed.
struct Endpoint {
    QUrl base; // as parseBase made it
    QString fingerprint; // as normalFingerprint made it; empty: the system's authorities decide
    Auth auth;
    bool operator==(const Endpoint &) const = default;
};

// "https://host:8007/prefix", "host", "host:8007", "[2001:db8::1]": the port is 8007 unless given. Anything
// but https is "pbs.url": a credential never goes over plain HTTP.
[[nodiscard]] Result<QUrl> parseBase(const QString &text);

// Lower case, pairs joined by ':'. Empty stays empty; what is no SHA-256 is "pbs.fingerprint-form".
[[nodiscard]] Result<QString> normalFingerprint(const QString &text);

// user@realm!name, or user@realm.
[[nodiscard]] QString authId(const Auth &auth);

} // namespace tidemark::pbs
