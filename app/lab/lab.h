#pragma once

#include "lab/service.h"

#include <memory>
#include <vector>

namespace tidemark::lab {

struct UpOptions {
    QString binaries; // folder of PostgreSQL's programs, empty: the newest installed
    QString standIn; // the stand-in backup server's program
    bool traffic = false;
    int waitSeconds = 0; // for another tidemark-lab at work in the same folder
    QStringList rebuild; // names of services to build anew
};

struct LabStatus {
    QString folder;
    QString id;
    bool busy = false; // a tidemark-lab is at work
    std::vector<ServiceStatus> services;
    pid_t traffic = 0; // 0: none

    // Broken when any is; else stopped when any is; else running.
    [[nodiscard]] State worst() const;
};

// The verbs of tidemark-lab. They block. Folders are named as on the command line.
[[nodiscard]] Result<QString> up(
    const QString &folder, const UpOptions &options, const Say &say); // fleet file
[[nodiscard]] Result<QStringList> down(
    const QString &folder, int waitSeconds, const Say &say); // what was kept
[[nodiscard]] Result<LabStatus> status(const QString &folder);
[[nodiscard]] Result<QJsonObject> accident(const QString &folder, const QString &kind, int waitSeconds);

[[nodiscard]] std::vector<std::unique_ptr<Service>> servicesOf(
    const Place &place, const QString &standIn = {});

} // namespace tidemark::lab
