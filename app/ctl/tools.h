#pragma once

#include "ports/backupsource.h"
#include "ports/catalogue.h"
#include "ports/clock.h"
#include "ports/factstore.h"
#include "ports/fleetcheck.h"
#include "ports/fleetfile.h"
#include "ports/hand.h"
#include "ports/hostreader.h"
#include "ports/localfiles.h"
#include "ports/pbsreader.h"
#include "ports/serverprobe.h"
#include "ports/sessionjournal.h"

#include <functional>
#include <memory>

namespace tidemark::ctl {

struct ProgramEnd {
    int code = 0;
    QString output;
    QString complaint; // what it wrote to stderr

    bool operator==(const ProgramEnd &) const = default;
};

// The tidemark-lab program. Each line of its output is told as it comes.
class LabProgram
{
public:
    virtual ~LabProgram() = default;
    [[nodiscard]] virtual QCoro::Task<Result<ProgramEnd>> run(
        QStringList arguments, std::function<void(QString)> line, std::stop_token stop)
        = 0;
};

// The store of the console, or one in memory when that cannot be used.
struct StoreForCommands {
    std::shared_ptr<Catalogue> catalogue;
    std::shared_ptr<FactStore> facts;
    bool kept = false; // false: nothing of earlier starts is in it
    QStringList messages; // why
};

// What the commands work with.
struct Tools {
    std::shared_ptr<FleetFile> fleetFile;
    std::shared_ptr<FleetCheck> fleetCheck;
    std::shared_ptr<ServerProbe> servers;
    std::shared_ptr<PbsReader> backupLists;
    std::shared_ptr<HostReaders> hosts; // null: what only a server's machine tells is not known
    std::shared_ptr<LabProgram> lab;
    std::shared_ptr<LocalFiles> files;
    std::function<QCoro::Task<Result<StoreForCommands>>(std::stop_token)> openStore;
    std::function<std::shared_ptr<BackupSource>(const Source &, const Fleet &)> makeSource;
    std::shared_ptr<SessionJournal> journal;
    std::shared_ptr<Hand> hand;
    std::shared_ptr<Clock> clock;
    QString who; // account and machine, for journals
    QString defaultFleet; // without --fleet
    std::function<void(QString)> progress; // a line for people while a command works; may be empty
};

} // namespace tidemark::ctl
