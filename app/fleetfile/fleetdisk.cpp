#include "fleetfile/fleetdisk.h"

#include "fleetfile/fleetedit.h"
#include "fleetfile/fleettext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

static constexpr qint64 MostBytes = 1024 * 1024 + 1; // one more than a fleet file may have

Result<QByteArray> readBytes(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorKind::NotFound, u"fleet.not-found"_s, path);
    if (!info.isFile())
        return failure(ErrorKind::Invalid, u"fleet.not-a-file"_s, path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Denied, u"fleet.unreadable"_s, path + u": "_s + file.errorString());
    return file.read(MostBytes);
}

static Result<LoadedFleet> loaded(const QByteArray &text)
{
    ReadFleet read = readFleet(text);
    if (!read.fleet)
        return failure(ErrorKind::Invalid, u"fleet.invalid"_s, problemLines(read.problems));
    return LoadedFleet { std::move(*read.fleet), std::move(read.warnings), text };
}

Result<LoadedFleet> loadNow(const QString &path)
{
    const auto bytes = readBytes(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return loaded(*bytes);
}

Result<FleetRemarks> checkNow(const QString &path)
{
    const auto bytes = readBytes(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    ReadFleet read = readFleet(*bytes);
    return FleetRemarks { std::move(read.problems), std::move(read.warnings) };
}

static Result<> save(const QString &path, const QByteArray &text)
{
    const QString target = QFileInfo(path).isSymLink() ? QFileInfo(path).canonicalFilePath() : path;
    if (!QDir().mkpath(QFileInfo(target).absolutePath()))
        return failure(ErrorKind::Denied, u"fleet.not-saved"_s, target + u": the folder cannot be made"_s);
    QSaveFile file(target);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    if (!written)
        return failure(ErrorKind::Denied, u"fleet.not-saved"_s, target + u": "_s + file.errorString());
    return {};
}

static Result<> unchanged(const QString &path, const QByteArray &before)
{
    const auto now = readBytes(path);
    const bool missing = !now && now.error().kind == ErrorKind::NotFound;
    if (!now && !missing)
        return tl::unexpected(now.error());
    if (missing ? !before.isEmpty() : *now != before)
        return failure(ErrorKind::Conflict, u"fleet.changed"_s, path);
    return {};
}

Result<LoadedFleet> editNow(
    const QString &path, const QByteArray &before, const std::vector<FleetEdit> &edits)
{
    if (const auto same = unchanged(path, before); !same)
        return tl::unexpected(same.error());
    const auto text = editFleet(before, edits);
    if (!text)
        return tl::unexpected(text.error());
    auto fleet = loaded(*text);
    if (!fleet)
        return fleet;
    if (const auto same = unchanged(path, before); !same)
        return tl::unexpected(same.error());
    if (const auto saved = save(path, *text); !saved)
        return tl::unexpected(saved.error());
    return fleet;
}

} // namespace tidemark::fleetfile
