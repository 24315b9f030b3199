#include "lab/service.h"

#include "lab/processes.h"
#include "lab/unprivileged.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QThread>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

QString seconds(const QElapsedTimer &timer)
{
    return QString::number(double(timer.elapsed()) / 1000, 'f', 1);
}

bool removeEntry(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir() && !info.isSymLink())
        return QDir(path).removeRecursively();
    return QFile::remove(path);
}

// A server that is just ending may still write a file while its folder goes.
bool removeStubborn(const QString &path)
{
    for (int attempt = 0; attempt < 50; ++attempt) {
        if (removeEntry(path))
            return true;
        QThread::msleep(100);
    }
    return false;
}

} // namespace

Service::Service(const Place &place, const QString &name, const QString &kind, int port)
    : m_place(place)
    , m_name(name)
    , m_kind(kind)
    , m_port(port)
{
}

QString Service::completeFile() const
{
    return realFolder() + u"/complete.json"_s;
}

bool Service::complete() const
{
    return QFileInfo::exists(completeFile());
}

QJsonObject Service::facts() const
{
    return QJsonDocument::fromJson(readWhole(completeFile()).value_or(QByteArray())).object();
}

Result<> Service::writeFacts(const QJsonObject &facts) const
{
    return writeWhole(completeFile(), QJsonDocument(facts).toJson());
}

QMap<QString, QString> Service::environment() const
{
    return { { QString::fromLatin1(LabIdVariable), m_place.marker.id },
        { QString::fromLatin1(ServiceVariable), m_name } };
}

Result<> Service::bringUp(const Say &say)
{
    if (!complete())
        return buildAnew(say);
    const ServiceStatus now = status();
    if (now.state == State::Running) {
        say(u"%1: runs already"_s.arg(m_name));
        return {};
    }
    QElapsedTimer timer;
    timer.start();
    if (auto ended = end(); !ended)
        return ended;
    if (auto started = start(); !started) {
        Error error = started.error();
        error.detail += u"\nbuild it anew with 'tidemark-lab up --rebuild %1 DIR'"_s.arg(m_name);
        return tl::unexpected(error);
    }
    say(u"%1: started in %2 s"_s.arg(m_name, seconds(timer)));
    return {};
}

Result<> Service::buildAnew(const Say &say)
{
    QElapsedTimer timer;
    timer.start();
    if (auto swept = remove(); !swept)
        return tl::unexpected(std::move(swept).error());
    if (!QDir().mkpath(realFolder()) || !giveAway(realFolder()))
        return failure(ErrorKind::Denied, u"lab.write"_s, realFolder() + u": "_s + qt_error_string());
    say(u"%1: building"_s.arg(m_name));
    auto made = build();
    if (!made)
        return tl::unexpected(std::move(made).error());
    if (auto written = writeFacts(*made); !written)
        return written;
    say(u"%1: built in %2 s"_s.arg(m_name, seconds(timer)));
    return {};
}

Result<> Service::end()
{
    return endProcesses(m_place.marker.id, m_name);
}

ServiceStatus Service::status() const
{
    ServiceStatus blank { m_name, m_kind, State::Stopped, m_port, {}, 0, std::nullopt, {} };
    if (complete())
        return look(blank);
    blank.state = State::Broken;
    blank.detail = QFileInfo::exists(realFolder()) ? u"not built to the end"_s : u"not built"_s;
    return blank;
}

Result<> Service::forget()
{
    if (complete() && !QFile::remove(completeFile()))
        return failure(ErrorKind::Denied, u"lab.write"_s, completeFile());
    return {};
}

Result<QStringList> Service::remove()
{
    if (auto forgotten = forget(); !forgotten)
        return tl::unexpected(std::move(forgotten).error());
    if (auto ended = end(); !ended)
        return tl::unexpected(std::move(ended).error());
    tidy();
    QStringList strangers;
    const QStringList own = entries();
    for (const QString &entry :
        QDir(realFolder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)) {
        const QString path = realFolder() + u'/' + entry;
        if (!own.contains(entry) && !entry.startsWith(u"complete.json"_s))
            strangers << m_name + u'/' + entry;
        else if (!removeStubborn(path))
            return failure(ErrorKind::Denied, u"lab.remove"_s, path + u": "_s + qt_error_string());
    }
    if (strangers.isEmpty() && QFileInfo::exists(realFolder()) && !QDir().rmdir(realFolder()))
        return failure(ErrorKind::Denied, u"lab.remove"_s, realFolder() + u": "_s + qt_error_string());
    return strangers;
}

} // namespace tidemark::lab
