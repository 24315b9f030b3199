#include "console.h"
#include "log/log.h"
#include "secrets/corefiles.h"
#include "shell/preferencekeys.h"
#include "shell/shellwindow.h"
#include "shots.h"
#include "startreport.h"
#include "widgets/secretquestion.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QTranslator>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Main)
};

struct Wish {
    QString fleet;
    QString shots;
    bool report = false;
};

void introduce()
{
    QCoreApplication::setApplicationName(u"tidemark"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TIDEMARK_VERSION));
}

Wish readArguments(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("What can be restored of PostgreSQL clusters, and how do we know."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption fleet(u"fleet"_s, Words::tr("Open this fleet file."), u"file"_s);
    const QCommandLineOption shots(u"shots"_s,
        Words::tr("Write a PNG of every page, light and dark, to this folder and close."), u"folder"_s);
    const QCommandLineOption report(u"report-start"_s,
        Words::tr("Print how long the first painted page took and the memory used, and close."));
    parser.addOptions({ fleet, shots, report });
    parser.addPositionalArgument(u"file"_s, Words::tr("A fleet file, the same as --fleet."), u"[file]"_s);
    parser.process(app);
    const QString file = parser.isSet(fleet) ? parser.value(fleet) : parser.positionalArguments().value(0);
    return { file.isEmpty() ? QString() : QFileInfo(file).absoluteFilePath(), parser.value(shots),
        parser.isSet(report) };
}

// Help and version are told where there is no display, too.
bool asksForWords(const std::vector<const char *> &arguments)
{
    constexpr std::array words { "-h", "--help", "--help-all", "-v", "--version" };
    return std::ranges::any_of(arguments, [&](const char *argument) {
        return std::ranges::any_of(words, [&](const char *word) { return qstrcmp(argument, word) == 0; });
    });
}

void translate(QApplication &app, const QString &chosen)
{
    auto *translator = new QTranslator(&app);
    const QLocale locale = chosen.isEmpty() ? QLocale() : QLocale(chosen);
    const bool found = translator->load(locale, u"tidemark"_s, u"_"_s, u":/translations"_s)
        || translator->load(u":/translations/tidemark_en.qm"_s);
    if (found)
        QApplication::installTranslator(translator);
}

PageContext contextOf(const Console &console, Theme &theme)
{
    PageContext context;
    context.monitor = console.monitor();
    context.servers = console.servers();
    context.backupServers = console.backupServers();
    context.fleetFile = console.fleetFile();
    context.secrets = console.secrets();
    context.lab = console.lab();
    context.preferences = console.preferences();
    context.clock = console.clock();
    context.fleet = std::make_shared<OpenFleet>();
    context.clocks = std::make_shared<Clocks>();
    context.inFlight = console.inFlight();
    context.theme = &theme;
    context.catalogue = console.catalogue();
    context.files = console.localFiles();
    context.desktop = console.makeDesktop();
    context.folders = { { Words::tr("Configuration"), console.places().config },
        { Words::tr("Store"), console.places().data }, { Words::tr("Log"), console.places().state } };
    context.moments = console.moments();
    context.sessions = console.sessions();
    return context;
}

// The fleet asked for, else the one that was open last, if it is still there.
void openFleet(ShellWindow &window, const Console &console, const QString &asked)
{
    const QString last = console.preferences()->text(preference::fleet());
    if (!asked.isEmpty())
        window.openFleetFile(asked);
    else if (!last.isEmpty() && QFileInfo::exists(last))
        window.openFleetFile(last);
}

} // namespace

int main(int argc, char **argv)
{
    forbidCoreFiles();
    introduce();
    if (asksForWords({ argv + 1, argv + std::max(1, argc) })) {
        const QCoreApplication plain(argc, argv);
        readArguments(plain); // answers and ends the program
    }
    QApplication app(argc, argv);
    QApplication::setApplicationDisplayName(u"Tidemark"_s);
    QApplication::setDesktopFileName(u"tidemark"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/tidemark.svg"_s));
    QApplication::setQuitOnLastWindowClosed(false);
    const Wish wish = readArguments(app);

    const Places places = Places::ofThisUser();
    const QString logTrouble = log::start({ .folder = places.state });
    const auto prompt = std::make_shared<DesktopSecretPrompt>();
    Console console(places, prompt);
    translate(app, console.preferences()->text(preference::language()));
    Theme theme(app);
    theme.choose(Theme::choiceOf(console.preferences()->text(preference::theme())));

    int code = 0;
    {
        const PageTable pages = pageTable();
        const PageContext context = contextOf(console, theme);
        ShellWindow window(context, pages);
        prompt->askOver(&window);
        QObject::connect(
            &window, &ShellWindow::finished, &app, [](bool inTime) { QApplication::exit(inTime ? 0 : 1); });
        if (wish.report)
            reportStart(window, context.fleet, context.catalogue);
        if (!wish.shots.isEmpty())
            takeShots(
                window, theme, pages, { console.monitor(), console.catalogue() }, context.fleet, wish.shots);
        window.show();
        TaskScope starting(console.inFlight());
        starting.start(console.openStore(starting.token()), [&](const QStringList &messages) {
            for (const QString &message : messages)
                log::room("console").warning(message);
            openFleet(window, console, wish.fleet);
        });
        code = QApplication::exec();
    }
    log::stop();
    return code;
}
