#include "console.h"

#include "desktop/dbusnotifier.h"
#include "fleetfile/yamlfleetfile.h"
#include "hands/hosthand.h"
#include "hosts/hosts.h"
#include "journal/filejournal.h"
#include "knowing.h"
#include "labclient/practicelabprogram.h"
#include "localfiles/disklocalfiles.h"
#include "moments/archivereader.h"
#include "monitor/pollingmonitor.h"
#include "pbs/pbs.h"
#include "postgres/postgres.h"
#include "preferences/settings.h"
#include "secrets/secrets.h"
#include "sessions/board.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QStandardPaths>
#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

class SystemClock : public Clock
{
public:
    [[nodiscard]] Instant now() const override
    {
        return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
    }
};

QString below(QStandardPaths::StandardLocation location)
{
    return QStandardPaths::writableLocation(location) + u"/tidemark"_s;
}

} // namespace

Places Places::ofThisUser()
{
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    return { .config = below(QStandardPaths::GenericConfigLocation),
        .data = below(QStandardPaths::GenericDataLocation),
        .state = (state.startsWith(u'/') ? state : QDir::homePath() + u"/.local/state"_s) + u"/tidemark"_s };
}

struct Console::Parts {
    Places places;
    QStringList messages;
    InFlight inFlight;
    std::shared_ptr<Clock> clock = std::make_shared<SystemClock>();
    std::shared_ptr<Preferences> preferences;
    std::shared_ptr<SecretStore> secrets;
    std::shared_ptr<ServerProbe> servers;
    std::unique_ptr<PbsAdapters> pbs;
    std::shared_ptr<PbsProbe> backupServers;
    std::shared_ptr<PbsReader> backupLists;
    std::shared_ptr<FleetFile> fleetFile = makeYamlFleetFile();
    std::shared_ptr<FleetCheck> fleetCheck = makeYamlFleetCheck();
    std::shared_ptr<LocalFiles> localFiles
        = std::make_shared<DiskLocalFiles>(DiskLocalFiles::placesOfThisUser());
    std::shared_ptr<PracticeLab> lab
        = makePracticeLab(QCoreApplication::applicationDirPath() + u"/tidemark-lab"_s);
    SourceParts sources;
    std::shared_ptr<FactStore> facts;
    bool storeIsKept = false;
    std::shared_ptr<PollingMonitor> monitor;
    std::shared_ptr<KnowingWing> catalogue;
    std::shared_ptr<MomentReader> moments;
    std::shared_ptr<SessionJournal> journal;
    std::shared_ptr<Hand> hand;
    std::shared_ptr<SessionBoard> sessions;
};

Console::Console(Places places, std::shared_ptr<SecretPrompt> prompt)
    : m_parts(std::make_unique<Parts>())
{
    Parts &parts = *m_parts;
    parts.places = std::move(places);
    PreferencesOpened opened = makeSettingsPreferences(parts.places.config + u"/tidemark.ini"_s);
    parts.preferences = std::move(opened.preferences);
    parts.messages = QStringList(opened.messages.begin(), opened.messages.end());
    parts.secrets = makeComposedSecretStore({ .session = makeSessionSecretStore(),
        .keychain = prompt ? makeKeychainSecretStore() : makeKeychainSecretStore(std::chrono::seconds(15)),
        .prompt = std::move(prompt) });
    const auto connector = makePostgresConnector(parts.secrets);
    parts.servers = makePostgresProbe(connector, parts.clock);
    parts.pbs = std::make_unique<PbsAdapters>(parts.secrets, parts.preferences);
    parts.backupServers = parts.pbs->probe();
    parts.backupLists = parts.pbs->reader();
    parts.sources = { .hosts = makeHostReaders(), .backupLists = parts.backupLists, .clock = parts.clock };
    parts.monitor = std::make_shared<PollingMonitor>(PollingMonitor::Parts { .servers = parts.servers,
        .backupServers = parts.backupServers,
        .hosts = parts.sources.hosts,
        .clock = parts.clock,
        .inFlight = parts.inFlight });
    const KnowingWing::Needs needs { .sources = parts.sources,
        .servers = parts.monitor,
        .copier = makePostgresCopier(connector, parts.clock),
        .clock = parts.clock,
        .inFlight = parts.inFlight };
    parts.catalogue = std::make_shared<KnowingWing>(needs);
    parts.moments = makeArchiveReader(
        { .makeSource = [sources = parts.sources](const Source &source,
                            const Fleet &fleet) { return tidemark::makeSource(source, fleet, sources); },
            .catalogue = [wing = parts.catalogue] { return wing->catalogue(); },
            .clock = parts.clock });
    parts.journal = std::make_shared<FileJournal>(parts.places.data + u"/sessions"_s);
    parts.hand = std::make_shared<HostHand>(parts.sources.hosts);
    parts.sessions = std::make_shared<JournalBoard>(JournalBoard::Parts { .journal = parts.journal,
        .hand = parts.hand,
        .clock = parts.clock,
        .who = who(),
        .inFlight = parts.inFlight });
}

Console::~Console() = default;

QCoro::Task<QStringList> Console::openStore(std::stop_token stop)
{
    Parts *parts = m_parts.get(); // outlives what is in flight
    QStringList messages = parts->messages;
    auto opened = co_await makeSqliteStore(parts->places.data, stop);
    if (!opened && opened.error().code == "store.locked"_L1) {
        auto copy = co_await makeSqliteCopy(parts->places.data, stop);
        if (copy) {
            opened = std::move(copy);
            messages.append(QCoreApplication::translate("Console",
                "Another Tidemark has the store open: this one starts with what was kept there, and keeps "
                "nothing itself."));
        }
    }
    parts->storeIsKept = opened.has_value();
    if (!opened && opened.error().kind != ErrorKind::Cancelled) {
        messages.append(QCoreApplication::translate("Console", "Nothing is kept between starts: %1")
                            .arg(opened.error().detail));
        opened = co_await makeMemoryStore(stop);
    }
    if (opened) {
        messages += QStringList(opened->messages.begin(), opened->messages.end());
        parts->facts = opened->store;
        parts->monitor->keepIn(opened->store);
        parts->catalogue->keepAllIn(opened->catalogue);
    }
    co_return messages;
}

std::shared_ptr<FactStore> Console::facts() const
{
    return m_parts->facts;
}

bool Console::storeIsKept() const
{
    return m_parts->storeIsKept;
}

std::shared_ptr<BackupSource> Console::makeSource(const Source &source, const Fleet &fleet) const
{
    return tidemark::makeSource(source, fleet, m_parts->sources);
}

const Places &Console::places() const
{
    return m_parts->places;
}

const std::shared_ptr<Clock> &Console::clock() const
{
    return m_parts->clock;
}

const std::shared_ptr<Preferences> &Console::preferences() const
{
    return m_parts->preferences;
}

const std::shared_ptr<SecretStore> &Console::secrets() const
{
    return m_parts->secrets;
}

const std::shared_ptr<ServerProbe> &Console::servers() const
{
    return m_parts->servers;
}

const std::shared_ptr<PbsProbe> &Console::backupServers() const
{
    return m_parts->backupServers;
}

const std::shared_ptr<PbsReader> &Console::backupLists() const
{
    return m_parts->backupLists;
}

const std::shared_ptr<HostReaders> &Console::hosts() const
{
    return m_parts->sources.hosts;
}

const std::shared_ptr<FleetFile> &Console::fleetFile() const
{
    return m_parts->fleetFile;
}

const std::shared_ptr<FleetCheck> &Console::fleetCheck() const
{
    return m_parts->fleetCheck;
}

std::shared_ptr<DesktopNotifier> Console::makeDesktop() const
{
    return makeDbusNotifier();
}

const std::shared_ptr<LocalFiles> &Console::localFiles() const
{
    return m_parts->localFiles;
}

const std::shared_ptr<PracticeLab> &Console::lab() const
{
    return m_parts->lab;
}

std::shared_ptr<FleetMonitor> Console::monitor() const
{
    return m_parts->monitor;
}

std::shared_ptr<CatalogueWatch> Console::catalogue() const
{
    return m_parts->catalogue;
}

std::shared_ptr<MomentReader> Console::moments() const
{
    return m_parts->moments;
}

std::shared_ptr<SessionJournal> Console::journal() const
{
    return m_parts->journal;
}

std::shared_ptr<Hand> Console::hand() const
{
    return m_parts->hand;
}

std::shared_ptr<SessionBoard> Console::sessions() const
{
    return m_parts->sessions;
}

QString Console::who()
{
    const passwd *account = getpwuid(getuid());
    const QString name = account ? QString::fromLocal8Bit(account->pw_name)
                                 : QString::number(static_cast<qulonglong>(getuid()));
    return name + u'@' + QSysInfo::machineHostName();
}

const InFlight &Console::inFlight() const
{
    return m_parts->inFlight;
}

} // namespace tidemark
