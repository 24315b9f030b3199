#include "lab/command.h"

#include "lab/unprivileged.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

constexpr int WrongUsage = 2;

const QString Usage
    = uR"(usage: tidemark-lab up [--traffic] [--rebuild NAME] [--pg-bin FOLDER] [--wait SECONDS] DIR
       tidemark-lab down [--wait SECONDS] DIR
       tidemark-lab status [--json] DIR
       tidemark-lab accident [--wait SECONDS] DIR delete|truncate|drop
       tidemark-lab --help | --version

Builds a practice lab in DIR: real PostgreSQL clusters with archives and backups and a
stand-in backup server, for this machine only. 'down' removes it without a trace.
Put -- before a DIR that begins with a dash.

exit: 0 done (status: all runs), 1 failed (status: some stopped), 2 wrong usage
      (status: some broken), 3 DIR is not a lab, 4 another tidemark-lab is at work in DIR
)"_s;

void print(FILE *where, const QString &line)
{
    std::fputs((line + u'\n').toLocal8Bit().constData(), where);
    std::fflush(where);
}

int fail(const Error &error)
{
    print(stderr, u"tidemark-lab: %1 [%2]"_s.arg(error.detail, error.code));
    return exitCodeOf(error);
}

int misused(const QString &why)
{
    print(stderr, u"tidemark-lab: %1\n%2"_s.arg(why, Usage.trimmed()));
    return WrongUsage;
}

void declareOptions(QCommandLineParser &parser)
{
    parser.addOption({ u"traffic"_s, {} });
    parser.addOption({ u"json"_s, {} });
    parser.addOption({ u"rebuild"_s, {}, u"name"_s });
    parser.addOption({ u"pg-bin"_s, {}, u"folder"_s });
    parser.addOption({ u"stand-in"_s, {}, u"program"_s });
    parser.addOption({ u"wait"_s, {}, u"seconds"_s });
    parser.addOption({ { u"h"_s, u"help"_s }, {} });
    parser.addOption({ u"version"_s, {} });
}

int doUp(const QString &folder, const QCommandLineParser &parser, int wait)
{
    QElapsedTimer timer;
    timer.start();
    UpOptions options { parser.value(u"pg-bin"_s), parser.value(u"stand-in"_s), parser.isSet(u"traffic"_s),
        wait, parser.values(u"rebuild"_s) };
    if (options.standIn.isEmpty())
        options.standIn = QCoreApplication::applicationDirPath() + u"/tidemark-standin"_s;
    const auto fleet = up(folder, options, [](const QString &line) { print(stdout, line); });
    if (!fleet)
        return fail(fleet.error());
    print(stdout, u"up in %1 s"_s.arg(double(timer.elapsed()) / 1000, 0, 'f', 1));
    print(stdout, u"fleet: %1"_s.arg(*fleet));
    return 0;
}

int doDown(const QString &folder, const QCommandLineParser &, int wait)
{
    const auto kept = down(folder, wait, [](const QString &line) { print(stdout, line); });
    if (!kept)
        return fail(kept.error());
    for (const QString &name : *kept)
        print(stdout, u"kept, the lab did not make it: %1"_s.arg(name));
    return 0;
}

int doStatus(const QString &folder, const QCommandLineParser &parser, int)
{
    const auto all = status(folder);
    if (!all)
        return fail(all.error());
    if (parser.isSet(u"json"_s))
        std::fputs(statusJson(*all).constData(), stdout);
    else
        print(stdout, statusText(*all));
    return exitCodeOf(all->worst());
}

int doAccident(const QString &folder, const QCommandLineParser &parser, int wait)
{
    const QString kind = parser.positionalArguments().value(2);
    if (!QStringList { u"delete"_s, u"truncate"_s, u"drop"_s }.contains(kind))
        return misused(u"name the accident: delete, truncate or drop"_s);
    const auto happened = accident(folder, kind, wait);
    if (!happened)
        return fail(happened.error());
    std::fputs(QJsonDocument(*happened).toJson().constData(), stdout);
    return 0;
}

QString wordOf(State state)
{
    switch (state) {
    case State::Running:
        return u"running"_s;
    case State::Stopped:
        return u"stopped"_s;
    case State::Broken:
        return u"broken"_s;
    }
    return {};
}

QJsonObject toJson(const ServiceStatus &one)
{
    QJsonObject object { { u"name"_s, one.name }, { u"kind"_s, one.kind }, { u"state"_s, wordOf(one.state) },
        { u"port"_s, one.port }, { u"socket"_s, QJsonValue::Null }, { u"pid"_s, QJsonValue::Null },
        { u"since"_s, QJsonValue::Null }, { u"detail"_s, one.detail } };
    if (!one.socket.isEmpty())
        object[u"socket"_s] = one.socket;
    if (one.pid != 0)
        object[u"pid"_s] = one.pid;
    if (one.since)
        object[u"since"_s] = one.since->toIso();
    return object;
}

} // namespace

int exitCodeOf(State state)
{
    return static_cast<int>(state);
}

int exitCodeOf(const Error &error)
{
    if (error.code == u"lab.not-a-lab")
        return 3;
    return error.code == u"lab.busy" ? 4 : 1;
}

QByteArray statusJson(const LabStatus &status)
{
    QJsonArray services;
    for (const ServiceStatus &one : status.services)
        services << toJson(one);
    const QJsonObject all { { u"format"_s, 1 }, { u"lab"_s, status.folder }, { u"id"_s, status.id },
        { u"state"_s, wordOf(status.worst()) }, { u"busy"_s, status.busy }, { u"services"_s, services },
        { u"traffic"_s, status.traffic != 0 ? QJsonValue(status.traffic) : QJsonValue::Null } };
    return QJsonDocument(all).toJson();
}

QString statusText(const LabStatus &status)
{
    QStringList lines { u"lab in %1"_s.arg(status.folder)
        + (status.busy ? u" (tidemark-lab is at work)"_s : QString()) };
    for (const ServiceStatus &one : status.services) {
        QString line = u"%1 %2 port %3"_s.arg(one.name, -12).arg(wordOf(one.state), -8).arg(one.port);
        if (one.pid != 0)
            line += u"  pid %1"_s.arg(one.pid);
        if (one.since)
            line += u"  since %1"_s.arg(one.since->toIso());
        if (!one.detail.isEmpty())
            line += u"  (%1)"_s.arg(one.detail);
        lines << line;
    }
    if (status.traffic != 0)
        lines << u"traffic      running  pid %1"_s.arg(status.traffic);
    return lines.join(u'\n');
}

int runCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    declareOptions(parser);
    const bool parsed = parser.parse(QStringList { u"tidemark-lab"_s } + arguments);
    if (parser.isSet(u"help"_s)) {
        print(stdout, Usage.trimmed());
        return 0;
    }
    if (parser.isSet(u"version"_s)) {
        print(stdout, u"tidemark-lab "_s + QStringLiteral(TIDEMARK_VERSION));
        return 0;
    }
    if (!parsed)
        return misused(parser.errorText());
    bool waitFits = true;
    const int wait = parser.isSet(u"wait"_s) ? parser.value(u"wait"_s).toInt(&waitFits) : 0;
    if (!waitFits || wait < 0 || wait > 86'400)
        return misused(u"--wait takes seconds, at most 86400"_s);
    const QStringList words = parser.positionalArguments();
    using Verb = int (*)(const QString &, const QCommandLineParser &, int);
    const QMap<QString, Verb> verbs { { u"up"_s, doUp }, { u"down"_s, doDown }, { u"status"_s, doStatus },
        { u"accident"_s, doAccident } };
    const Verb verb = verbs.value(words.value(0));
    if (verb == nullptr)
        return misused(
            words.isEmpty() ? u"what shall be done?"_s : u"unknown command \"%1\""_s.arg(words.first()));
    if (words.size() != (verb == doAccident ? 3 : 2))
        return misused(u"name one folder"_s);
    return verb(words.at(1), parser, wait);
}

} // namespace tidemark::lab
