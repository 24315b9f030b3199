// tidemarkctl: the commands of app/ctl over the real adapters.
#include "console.h"
#include "ctl/command.h"
#include "ctl/labprogram.h"
#include "secrets/corefiles.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

void print(FILE *where, const QString &text)
{
    std::fputs(text.toUtf8().constData(), where);
    std::fflush(where);
}

// Opened only by the commands that need it: another Tidemark may hold it.
QCoro::Task<Result<ctl::StoreForCommands>> openStore(Console *console, std::stop_token stop)
{
    const QStringList messages = co_await console->openStore(stop);
    if (!console->catalogue()->catalogue())
        co_return failure(ErrorKind::Internal, u"store.cannot-open"_s, messages.join(u"; "_s));
    co_return ctl::StoreForCommands { console->catalogue()->catalogue(), console->facts(),
        console->storeIsKept(), messages };
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
    forbidCoreFiles();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tidemarkctl"_s);
    // Nobody sits here to be asked for a secret: the keychain, or a password command.
    Console console(Places::ofThisUser());
    ctl::Tools tools;
    tools.fleetFile = console.fleetFile();
    tools.fleetCheck = console.fleetCheck();
    tools.servers = console.servers();
    tools.backupLists = console.backupLists();
    tools.hosts = console.hosts();
    tools.lab = ctl::makeLabProgram(QCoreApplication::applicationDirPath() + u"/tidemark-lab"_s);
    tools.openStore = [&console](std::stop_token stop) { return openStore(&console, std::move(stop)); };
    tools.makeSource
        = [&console](const Source &source, const Fleet &fleet) { return console.makeSource(source, fleet); };
    tools.files = console.localFiles();
    tools.journal = console.journal();
    tools.hand = console.hand();
    tools.clock = console.clock();
    tools.who = Console::who();
    tools.defaultFleet = console.places().config + u"/fleet.yaml"_s;
    tools.progress = [](const QString &line) { print(stdout, line + u'\n'); };

    TaskScope tasks;
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    // Queued: a command that needs to wait for nothing ends before the event loop begins.
    tasks.start(ctl::runCommandLine(arguments, tools, tasks.token()), [](const ctl::Answer &answer) {
        const int code = say(answer);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    });
    return QCoreApplication::exec();
}
