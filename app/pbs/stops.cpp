#include "pbs/stops.h"

#include "pbs/trust.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const QUrl &url, const QString &confirmed)
{
    return u"pbs-stopped/"_s + url.authority(QUrl::FullyEncoded).toLower() + u'/' + confirmed;
}

} // namespace

Stops::Stops(std::shared_ptr<Preferences> memory)
    : m_memory(std::move(memory))
{
}

void Stops::remember(const QString &key, const QString &shown)
{
    if (m_memory)
        m_memory->setText(key, shown);
    else
        m_shown.insert(key, shown);
}

Error Stops::stop(const QUrl &url, const QString &confirmed, const QSslCertificate &shown)
{
    remember(keyOf(url, confirmed), fingerprintOf(shown));
    return mismatch(confirmed, shown);
}

std::optional<Error> Stops::stopped(const QUrl &url, const QString &confirmed) const
{
    if (confirmed.isEmpty())
        return std::nullopt;
    const QString key = keyOf(url, confirmed);
    const QString shown = m_memory ? m_memory->text(key) : m_shown.value(key);
    if (shown.isEmpty())
        return std::nullopt;
    return Error { ErrorKind::Denied, u"pbs.fingerprint-mismatch"_s,
        u"the server showed %1, confirmed is %2; nothing is sent until a fingerprint is confirmed again"_s
            .arg(shown, confirmed) };
}

void Stops::lift(const QUrl &url, const QString &confirmed)
{
    if (stopped(url, confirmed))
        remember(keyOf(url, confirmed), {});
}

} // namespace tidemark::pbs
