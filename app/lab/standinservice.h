#pragma once

#include "lab/service.h"

namespace tidemark::lab {

// pbs: the stand-in backup server, with 14 months of VM snapshots, on a TCP port of 127.0.0.1.
class StandInService : public Service
{
public:
    // The program is needed to build and start only.
    StandInService(const Place &place, const QString &program);

    [[nodiscard]] QStringList entries() const override;

protected:
    [[nodiscard]] Result<QJsonObject> build() override;
    [[nodiscard]] Result<> start() override;
    [[nodiscard]] ServiceStatus look(ServiceStatus blank) const override;

private:
    [[nodiscard]] QString stateFolder() const { return folder() + QStringLiteral("/state"); }
    [[nodiscard]] QString readyFile() const { return stateFolder() + QStringLiteral("/ready.json"); }
    [[nodiscard]] Result<QString> reachableProgram() const;
    [[nodiscard]] Result<QJsonObject> launch(int port) const;
    [[nodiscard]] Result<QJsonObject> waitUntilReady() const;

    QString m_program;
};

} // namespace tidemark::lab
