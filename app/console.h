#pragma once

#include "ports/backupsource.h"
#include "ports/cataloguewatch.h"
#include "ports/clock.h"
#include "ports/desktopnotifier.h"
#include "ports/factstore.h"
#include "ports/fleetcheck.h"
#include "ports/fleetfile.h"
#include "ports/fleetmonitor.h"
#include "ports/hand.h"
#include "ports/hostreader.h"
#include "ports/localfiles.h"
#include "ports/momentreader.h"
#include "ports/pbsprobe.h"
#include "ports/pbsreader.h"
#include "ports/practicelab.h"
#include "ports/preferences.h"
#include "ports/secretprompt.h"
#include "ports/secretstore.h"
#include "ports/serverprobe.h"
#include "ports/sessionboard.h"
#include "ports/sessionjournal.h"
#include "ports/taskscope.h"

#include <QStringList>

#include <memory>

namespace tidemark {

class PollingMonitor;

// Where this person's files go, by the XDG rules.
struct Places {
    QString config; // preferences, the default fleet file
    QString data; // store
    QString state; // log

    [[nodiscard]] static Places ofThisUser();
};

// The composition root: builds every adapter once and hands out ports. Nobody else names an adapter. It
// outlives the window, and goes when nothing is in flight any more.
class Console
{
public:
    // Without a prompt nobody is asked for secrets (tidemarkctl).
    explicit Console(Places places, std::shared_ptr<SecretPrompt> prompt = nullptr);
    Console(const Console &) = delete;
    Console &operator=(const Console &) = delete;
    ~Console();

    // Opens the store and has the monitors keep there what they learn. Answers with what the person should
    // know; without a store the console keeps everything in memory.
    [[nodiscard]] QCoro::Task<QStringList> openStore(std::stop_token stop);
    // What openStore() opened; null before.
    [[nodiscard]] std::shared_ptr<FactStore> facts() const;
    [[nodiscard]] bool storeIsKept() const; // false: nothing of earlier starts is in it

    // The adapter for a source of the fleet; null when its kind cannot be read.
    [[nodiscard]] std::shared_ptr<BackupSource> makeSource(const Source &source, const Fleet &fleet) const;

    [[nodiscard]] const Places &places() const;
    [[nodiscard]] const std::shared_ptr<Clock> &clock() const;
    [[nodiscard]] const std::shared_ptr<Preferences> &preferences() const;
    [[nodiscard]] const std::shared_ptr<SecretStore> &secrets() const;
    [[nodiscard]] const std::shared_ptr<ServerProbe> &servers() const;
    [[nodiscard]] const std::shared_ptr<PbsProbe> &backupServers() const;
    [[nodiscard]] const std::shared_ptr<PbsReader> &backupLists() const;
    [[nodiscard]] const std::shared_ptr<HostReaders> &hosts() const;
    [[nodiscard]] const std::shared_ptr<FleetFile> &fleetFile() const;
    [[nodiscard]] const std::shared_ptr<FleetCheck> &fleetCheck() const;
    [[nodiscard]] const std::shared_ptr<LocalFiles> &localFiles() const;
    [[nodiscard]] const std::shared_ptr<PracticeLab> &lab() const;
    [[nodiscard]] std::shared_ptr<DesktopNotifier> makeDesktop() const; // for who sits at one
    [[nodiscard]] std::shared_ptr<FleetMonitor> monitor() const;
    [[nodiscard]] std::shared_ptr<CatalogueWatch> catalogue() const;
    [[nodiscard]] std::shared_ptr<MomentReader> moments() const;
    [[nodiscard]] std::shared_ptr<SessionJournal> journal() const;
    [[nodiscard]] std::shared_ptr<Hand> hand() const;
    [[nodiscard]] std::shared_ptr<SessionBoard> sessions() const;
    [[nodiscard]] static QString who(); // "anna@desk", for journals
    [[nodiscard]] const InFlight &inFlight() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace tidemark
