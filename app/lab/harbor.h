#pragma once

#include "lab/clusterservice.h"

namespace tidemark::lab {

// harbor-db: healthy. Two base backups, a WAL archive, nightly dumps, and three accidents in its recent past.
class Harbor : public ClusterService
{
public:
    explicit Harbor(const Place &place);

    [[nodiscard]] QStringList entries() const override;
    // One more accident ("delete", "truncate" or "drop"), among business, and what is true of it.
    [[nodiscard]] Result<QJsonObject> haveAccident(const QString &kind) const;

protected:
    [[nodiscard]] QMap<QString, QString> settings() const override;
    [[nodiscard]] Result<QJsonObject> build() override;

private:
    [[nodiscard]] Result<> fill() const;
    [[nodiscard]] Result<> dumpNights() const;
    [[nodiscard]] Result<> dumpInto(const QString &folder) const;
    [[nodiscard]] Result<QJsonObject> backUp(const QString &format) const;
    [[nodiscard]] Result<> verify(const QString &backup, const QString &format) const;
    [[nodiscard]] Result<> doBusiness(int rounds) const;
    [[nodiscard]] Result<QString> commitLsn(const QJsonObject &accident) const;
};

} // namespace tidemark::lab
