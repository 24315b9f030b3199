#pragma once

#include "lab/clusterservice.h"

namespace tidemark::lab {

// gap-db: archives WAL, and one segment is gone. The only base backup is older than the gap, so what came
// after it cannot be reached. Segments of 1 MB, so that nobody may take 16 MB for granted.
class GapCluster : public ClusterService
{
public:
    explicit GapCluster(const Place &place);
    [[nodiscard]] QStringList entries() const override;

protected:
    [[nodiscard]] QMap<QString, QString> settings() const override;
    [[nodiscard]] QStringList initdb() const override { return { QStringLiteral("--wal-segsize=1") }; }
    [[nodiscard]] Result<QJsonObject> build() override;
};

// dumps-db: no archive, nothing but nightly dumps in three formats; one night lacks the roles.
class DumpsCluster : public ClusterService
{
public:
    explicit DumpsCluster(const Place &place);
    [[nodiscard]] QStringList entries() const override;

protected:
    [[nodiscard]] QMap<QString, QString> settings() const override;
    [[nodiscard]] Result<QJsonObject> build() override;

private:
    [[nodiscard]] Result<> dumpInto(const QString &folder) const;
};

// standby-db: follows harbor-db by streaming.
class Standby : public ClusterService
{
public:
    Standby(const Place &place, int primaryPort);
    [[nodiscard]] QString needs() const override { return QStringLiteral("harbor-db"); }

protected:
    [[nodiscard]] Result<QJsonObject> build() override;

private:
    int m_primaryPort = 0;
};

} // namespace tidemark::lab
