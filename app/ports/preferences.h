#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark {

// What one person set on this workstation: theme, zone, language, geometry. Small and kept in memory; set()
// is written out later. Not for facts, secrets or anything a team shares.
class Preferences
{
public:
    virtual ~Preferences() = default;
    [[nodiscard]] virtual QString text(const QString &key, const QString &fallback = {}) const = 0;
    [[nodiscard]] virtual QByteArray bytes(const QString &key) const = 0;
    virtual void setText(const QString &key, const QString &value) = 0;
    virtual void setBytes(const QString &key, const QByteArray &value) = 0;
};

} // namespace tidemark
