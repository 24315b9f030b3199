// tidemarkctl: the commands of app/ctl over the real adapters.
#include "ctl/command.h"
#include "ctl/labprogram.h"
#include "fleetfile/yamlfleetfile.h"
#include "pbs/pbs.h"
#include "ports/taskscope.h"
#include "postgres/postgres.h"
#include "secrets/secrets.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStandardPaths>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

class SystemClock : public Clock
{
public:
    [[nodiscard]] Instant now() const override
    {
        return Instant::fromMicroseconds(QDateTime::currentMSecsSinceEpoch() * 1000);
    }
};

void print(FILE *where, const QString &text)
{
    std::fputs(text.toUtf8().constData(), where);
    std::fflush(where);
}

// Nobody sits here to be asked for a secret: the keychain, or a password command.
std::shared_ptr<SecretStore> secretsWithoutPrompt()
{
    SecretParts parts;
    parts.session = makeSessionSecretStore();
    parts.keychain = makeKeychainSecretStore(std::chrono::seconds(15));
    return makeComposedSecretStore(std::move(parts));
}

int say(const ctl::Answer &answer)
{
    print(stdout, answer.text);
    if (!answer.error.isEmpty())
        print(stderr, u"tidemarkctl: "_s + answer.error + u'\n');
    return static_cast<int>(answer.level);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tidemarkctl"_s);
    const auto secrets = secretsWithoutPrompt();
    const auto clock = std::make_shared<SystemClock>();
    const PbsAdapters backupServers(secrets);
    ctl::Tools tools;
    tools.fleetFile = makeYamlFleetFile();
    tools.fleetCheck = makeYamlFleetCheck();
    tools.servers = makePostgresProbe(makePostgresConnector(secrets), clock);
    tools.backupLists = backupServers.reader();
    tools.lab = ctl::makeLabProgram(QCoreApplication::applicationDirPath() + u"/tidemark-lab"_s);
    tools.clock = clock;
    tools.defaultFleet
        = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/tidemark/fleet.yaml"_s;
    tools.progress = [](const QString &line) { print(stdout, line + u'\n'); };

    TaskScope tasks;
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    tasks.start(ctl::runCommandLine(arguments, tools, tasks.token()),
        [](const ctl::Answer &answer) { QCoreApplication::exit(say(answer)); });
    return QCoreApplication::exec();
}
