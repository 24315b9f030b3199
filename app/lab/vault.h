#pragma once

#include "lab/clusterservice.h"

namespace tidemark::lab {

// vault-db: under pgBackRest with a configuration, repository and spool of its own; full, differential and
// incremental backups, WAL archived asynchronously.
class Vault : public ClusterService
{
public:
    explicit Vault(const Place &place);
    [[nodiscard]] QStringList entries() const override;
    [[nodiscard]] QString configuration() const { return folder() + QStringLiteral("/pgbackrest.conf"); }

protected:
    [[nodiscard]] QMap<QString, QString> settings() const override;
    [[nodiscard]] Result<QJsonObject> build() override;

private:
    [[nodiscard]] Result<> configure() const;
    [[nodiscard]] Result<QByteArray> backrest(const QStringList &arguments) const;
};

} // namespace tidemark::lab
