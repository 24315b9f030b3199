#include "localfiles/disklocalfiles.h"

#include "ports/once.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 Largest = 4 * 1024 * 1024;

// Runs on the thread pool and settles with the answer.
template <class Work>
auto onPool(Work work)
{
    const Once<std::invoke_result_t<Work>> done;
    QThreadPool::globalInstance()->start([done, work = std::move(work)] { done.settle(work()); });
    return done;
}

tl::unexpected<Error> unreadable(const QString &path, const QString &words)
{
    return failure(ErrorKind::Invalid, u"file.unreadable"_s, path + u": "_s + words);
}

Result<QByteArray> readWhole(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorKind::NotFound, u"file.missing"_s, path + u": no such file"_s);
    if (!info.isFile())
        return unreadable(path, u"not a regular file"_s);
    if (info.size() > Largest)
        return unreadable(path, u"larger than 4 MiB"_s);
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return unreadable(path, file.errorString());
    return file.read(Largest);
}

Result<> writeWhole(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(ErrorKind::Invalid, u"file.unwritable"_s, path + u": "_s + file.errorString());
    return {};
}

QStringList yamlFiles(const QString &folder)
{
    QStringList paths;
    const auto entries
        = QDir(folder).entryInfoList({ u"*.yaml"_s, u"*.yml"_s }, QDir::Files | QDir::Readable, QDir::Name);
    for (const QFileInfo &entry : entries)
        paths.append(entry.absoluteFilePath());
    return paths;
}

Result<QString> copyReadOnly(const QString &from, const QString &folder)
{
    const auto bytes = readWhole(from);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const QString to = QDir(folder).filePath(QFileInfo(from).fileName());
    if (!QDir().mkpath(folder))
        return unreadable(folder, u"the folder cannot be made"_s);
    QFile::remove(to);
    QSaveFile file(to);
    if (!file.open(QFile::WriteOnly) || file.write(*bytes) != bytes->size() || !file.commit())
        return unreadable(to, file.errorString());
    QFile::setPermissions(to, QFile::ReadOwner | QFile::ReadUser | QFile::ReadGroup);
    return to;
}

QString firstFolder(const QStringList &candidates)
{
    for (const QString &folder : candidates)
        if (QFileInfo(folder).isDir())
            return folder;
    return candidates.back();
}

} // namespace

DiskLocalFiles::DiskLocalFiles(Places places)
    : m_places(std::move(places))
{
}

DiskLocalFiles::Places DiskLocalFiles::placesOfThisUser()
{
    const QDir program(QCoreApplication::applicationDirPath());
    Places places;
    places.home = QDir::homePath();
    places.serviceFile = qEnvironmentVariable("PGSERVICEFILE");
    places.systemFolder = qEnvironmentVariable("PGSYSCONFDIR", u"/etc/postgresql-common"_s);
    places.examples = firstFolder({ program.filePath(u"../share/tidemark/fleets"_s),
        program.filePath(u"../../../resources/fleets"_s), u"/usr/share/tidemark/fleets"_s });
    places.data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return places;
}

QString DiskLocalFiles::serviceFilePath() const
{
    if (!m_places.serviceFile.isEmpty())
        return m_places.serviceFile;
    const QString own = m_places.home + u"/.pg_service.conf"_s;
    const QString system = m_places.systemFolder + u"/pg_service.conf"_s;
    return !QFileInfo::exists(own) && QFileInfo::exists(system) ? system : own;
}

QCoro::Task<Result<QByteArray>> DiskLocalFiles::read(QString path, std::stop_token)
{
    const auto job = onPool([path] { return readWhole(path); });
    co_return co_await job;
}

QCoro::Task<Result<>> DiskLocalFiles::write(QString path, QByteArray bytes, std::stop_token)
{
    const auto job = onPool([path, bytes] { return writeWhole(path, bytes); });
    co_return co_await job;
}

QCoro::Task<Result<QStringList>> DiskLocalFiles::examples(std::stop_token)
{
    const QString folder = m_places.examples;
    const auto job = onPool([folder] { return Result<QStringList>(yamlFiles(folder)); });
    co_return co_await job;
}

QCoro::Task<Result<QString>> DiskLocalFiles::readOnlyCopy(QString path, std::stop_token)
{
    const QString folder = m_places.data + u"/examples"_s;
    const auto job = onPool([path, folder] { return copyReadOnly(path, folder); });
    co_return co_await job;
}

} // namespace tidemark
