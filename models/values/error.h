#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace tidemark {

enum class ErrorKind {
    Cancelled,
    Unreachable,
    Denied,
    NotFound,
    Conflict,
    Timeout,
    Protocol,
    Invalid,
    Internal
};

// What went wrong, as data. People's words for it are made in ui/theme/errortext.cpp and app/ctl.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString code; // stable, e.g. "pbs.fingerprint-mismatch", "pg.28P01"; docs and tests speak of it
    QString detail; // the other side's own words, untranslated, no secrets

    bool operator==(const Error &) const = default;
};

// A value or the Error that took its place. Ignoring one does not compile.
template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
};

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorKind kind, const QString &code, const QString &detail)
{
    return tl::unexpected(Error { kind, code, detail });
}

} // namespace tidemark
