#pragma once

#include "ports/preferences.h"
#include "values/error.h"

#include <QHash>
#include <QSslCertificate>
#include <QUrl>

#include <memory>
#include <optional>

namespace tidemark::pbs {

// Which servers showed another certificate than the one a person had confirmed. Nothing is asked of them,
// also when the confirmed certificate is back, until a person confirms a fingerprint again. What is known
// outlives the program in the preferences, where there are any.
class Stops
{
public:
    explicit Stops(std::shared_ptr<Preferences> memory = nullptr);

    // Takes note, and answers with what to tell: "pbs.fingerprint-mismatch".
    Error stop(const QUrl &url, const QString &confirmed, const QSslCertificate &shown);
    [[nodiscard]] std::optional<Error> stopped(const QUrl &url, const QString &confirmed) const;
    // A person has confirmed this fingerprint for this server.
    void lift(const QUrl &url, const QString &confirmed);

private:
    void remember(const QString &key, const QString &shown);

    std::shared_ptr<Preferences> m_memory;
    QHash<QString, QString> m_shown; // without preferences
};

} // namespace tidemark::pbs
