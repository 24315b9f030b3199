#include "standin/seedlab.h"
#include "standin/server.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSocketNotifier>
#include <QTextStream>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// SIGTERM and SIGINT end the event loop.
void endOnSignals(QCoreApplication &app)
{
    sigset_t signalsToTake;
    sigemptyset(&signalsToTake);
    sigaddset(&signalsToTake, SIGTERM);
    sigaddset(&signalsToTake, SIGINT);
    sigprocmask(SIG_BLOCK, &signalsToTake, nullptr);
    const int fd = signalfd(-1, &signalsToTake, SFD_CLOEXEC);
    auto *notifier = new QSocketNotifier(fd, QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(bytes) == bytes.size() && file.commit();
}

// What a program that starts this one needs to know, in one file.
bool writeReadyFile(const QDir &folder, const standin::Server &server, const standin::LabSecrets &secrets)
{
    const QString secretFile = folder.filePath(u"console-token"_s);
    QJsonObject ready { { u"url"_s, server.url() }, { u"fingerprint"_s, server.fingerprint() },
        { u"pid"_s, QCoreApplication::applicationPid() },
        { u"control"_s, server.url() + u"/standin/faults"_s } };
    if (!secrets.tokenSecret.isEmpty()) {
        ready[u"token"_s] = standin::LabTokenId;
        ready[u"secretFile"_s] = secretFile;
        if (!writeFile(secretFile, secrets.tokenSecret))
            return false;
    }
    return writeFile(folder.filePath(u"ready.json"_s), QJsonDocument(ready).toJson());
}

int fail(const QString &text)
{
    QTextStream(stderr) << u"tidemark-standin: "_s << text << Qt::endl;
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"tidemark-standin"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"A stand-in Proxmox Backup Server on loopback, for practice and tests."_s);
    parser.addHelpOption();
    parser.addOptions({ { u"folder"_s, u"Folder for its state and certificate."_s, u"DIR"_s },
        { u"port"_s, u"TCP port; 0 for a free one."_s, u"N"_s, u"0"_s },
        { u"seed"_s, u"What a new folder starts with: lab or empty."_s, u"WHAT"_s, u"empty"_s },
        { u"haste"_s, u"Factor on the security delays; 0 for none."_s, u"F"_s, u"1"_s },
        { u"pace"_s, u"Milliseconds for each step of a task."_s, u"MS"_s, u"20"_s } });
    parser.process(app);
    if (!parser.isSet(u"folder"_s))
        return fail(u"--folder is needed"_s);
    endOnSignals(app);

    standin::Server::Options options;
    options.folder = QDir(parser.value(u"folder"_s)).absolutePath();
    options.port = parser.value(u"port"_s).toInt();
    options.haste = parser.value(u"haste"_s).toDouble();
    options.stepMs = parser.value(u"pace"_s).toInt();
    options.schedules = true;
    standin::Server server(options);
    if (const auto started = server.start(); !started)
        return fail(started.error().detail);
    standin::LabSecrets secrets;
    if (parser.value(u"seed"_s) == u"lab")
        secrets = standin::seedLabOnce(server.state(), options.folder, server.site().now());
    if (!server.save() || !writeReadyFile(QDir(options.folder), server, secrets))
        return fail(u"cannot write to %1"_s.arg(options.folder));
    QTextStream(stdout) << u"ready "_s << server.url() << u' ' << server.fingerprint() << Qt::endl;
    return QCoreApplication::exec();
}
