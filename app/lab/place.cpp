#include "lab/place.h"

#include "lab/cluster.h"
#include "lab/unprivileged.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QStorageInfo>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

const QString MarkerName = u"lab.json"_s;
const QString MadeNote = u"/lab.json.made"_s;

QString randomId()
{
    QString id;
    for (int part = 0; part < 4; ++part)
        id += u"%1"_s.arg(QRandomGenerator::system()->generate(), 8, 16, QChar(u'0'));
    return id;
}

tl::unexpected<Error> refused(const QString &why)
{
    return failure(ErrorKind::Invalid, u"lab.folder"_s, why);
}

// What QSaveFile leaves when it is killed, and nothing else.
bool isOurLeftover(const QString &name)
{
    return name.startsWith(MarkerName + u'.');
}

QStringList strangersIn(const QString &folder)
{
    QStringList names
        = QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    names.removeIf([](const QString &name) { return isOurLeftover(name); });
    return names;
}

Result<> checkSpace(const QString &folder)
{
    const QStorageInfo storage(folder);
    const qint64 available = storage.bytesAvailable();
    if (!storage.isValid() || available >= NeededBytes)
        return {};
    return failure(ErrorKind::Denied, u"lab.space"_s,
        u"%1 has %2 MB free, a lab needs %3 MB"_s.arg(
            folder, QString::number(available / 1'000'000), QString::number(NeededBytes / 1'000'000)));
}

// The servers' account must be able to pass through every folder above.
Result<> checkReach(const QString &folder)
{
    const auto account = accountToDropTo();
    if (!account || run(u"test"_s, { u"-x"_s, folder }))
        return {};
    return refused(u"the servers run as user %1, who cannot enter %2; choose a folder such as "
                   "/var/tmp/tidemark-lab"_s.arg(account->name, folder));
}

Result<> makeFolder(const QString &path, mode_t mode, bool forServers)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat found {
    };
    if (lstat(name.constData(), &found) == 0) {
        const auto account = accountToDropTo();
        const bool ours = found.st_uid == geteuid() || (account && found.st_uid == account->uid);
        if (!S_ISDIR(found.st_mode) || !ours)
            return refused(path + u" belongs to somebody else"_s);
    } else if (mkdir(name.constData(), mode) != 0) {
        return failure(ErrorKind::Denied, u"lab.write"_s, path + u": "_s + qt_error_string());
    }
    if (chmod(name.constData(), mode) != 0 || (forServers && !giveAway(path)))
        return failure(ErrorKind::Denied, u"lab.write"_s, path + u": "_s + qt_error_string());
    return {};
}

// Sockets and, for a folder with a name that tools would stumble over, a plain name for it.
Result<> makeRuntime(const Place &place)
{
    if (!place.marker.runtime.isEmpty()) {
        if (auto made = makeFolder(place.marker.runtime, 0711, false); !made)
            return made;
        if (!QFileInfo(place.base).isSymLink() && !QFile::link(place.folder, place.base))
            return failure(ErrorKind::Denied, u"lab.write"_s, place.base);
    }
    return makeFolder(place.sockets, 0700, true);
}

Place placeOf(const QString &folder, const Marker &marker)
{
    if (marker.runtime.isEmpty())
        return { folder, folder, folder + u"/sockets"_s, marker };
    return { folder, marker.runtime + u"/lab"_s, marker.runtime + u"/sockets"_s, marker };
}

bool fitsSockets(const QString &folder)
{
    constexpr qsizetype limit = 107; // sockaddr_un less its final zero
    return QFile::encodeName(folder).size() + qsizetype(sizeof("/sockets/.s.PGSQL.65535")) <= limit;
}

Result<Place> takeUp(const QString &folder)
{
    auto there = openPlace(folder);
    if (!there)
        return there;
    if (there->marker.owner != geteuid())
        return failure(ErrorKind::Denied, u"lab.owner"_s, folder + u" is the practice lab of another user"_s);
    if (auto runtime = makeRuntime(*there); !runtime)
        return tl::unexpected(std::move(runtime).error());
    return there;
}

Result<Place> begin(const QString &folder, const QString &binaries, bool madeFolder)
{
    Marker marker { randomId(), {}, madeFolder, geteuid(), binaries, {} };
    if (const QStringList strangers = strangersIn(folder); !strangers.isEmpty())
        return refused(
            u"%1 is neither empty nor a practice lab (it holds \"%2\")"_s.arg(folder, strangers.first()));
    if (!isPlain(folder) || !fitsSockets(folder))
        marker.runtime = u"/tmp/tidemark-lab-"_s + marker.id.left(12);
    for (const auto &check : { checkReach, checkSpace }) {
        if (auto fine = check(folder); !fine)
            return tl::unexpected(std::move(fine).error());
    }
    if (auto written = writeMarker(folder, marker); !written)
        return tl::unexpected(std::move(written).error());
    const Place place = placeOf(folder, marker);
    if (auto runtime = makeRuntime(place); !runtime)
        return tl::unexpected(std::move(runtime).error());
    return place;
}

} // namespace

QJsonObject toJson(const Marker &marker)
{
    return { { u"format"_s, 1 }, { u"id"_s, marker.id }, { u"runtime"_s, marker.runtime },
        { u"madeFolder"_s, marker.madeFolder }, { u"owner"_s, qint64(marker.owner) },
        { u"binaries"_s, marker.binaries }, { u"fleetHash"_s, marker.fleetHash } };
}

Result<Marker> markerFrom(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const QString id = object[u"id"_s].toString();
    const QString runtime = object[u"runtime"_s].toString();
    const bool runtimeFits = runtime.isEmpty() || runtime == u"/tmp/tidemark-lab-"_s + id.left(12);
    if (object[u"format"_s].toInt() != 1 || id.size() != 32 || !runtimeFits)
        return failure(ErrorKind::Invalid, u"lab.not-a-lab"_s, u"lab.json is not one of a practice lab"_s);
    return Marker { id, runtime, object[u"madeFolder"_s].toBool(),
        static_cast<uint32_t>(object[u"owner"_s].toInteger()), object[u"binaries"_s].toString(),
        object[u"fleetHash"_s].toString() };
}

bool isPlain(const QString &path)
{
    return std::all_of(path.begin(), path.end(),
        [](QChar c) { return c.unicode() < 128 && (c.isLetterOrNumber() || u"/._-+"_s.contains(c)); });
}

Result<QString> folderNamed(const QString &argument)
{
    if (argument.isEmpty())
        return refused(u"no folder is named"_s);
    if (argument.contains(QChar::ReplacementCharacter) || argument.contains(QChar::Null))
        return refused(u"the folder's name is not text in this locale"_s);
    const QFileInfo info(argument);
    if (info.exists() && !info.isDir())
        return refused(argument + u" is not a folder"_s);
    if (info.isSymLink() && !info.exists())
        return refused(argument + u" is a link that leads nowhere"_s);
    const QString path = info.exists() ? info.canonicalFilePath() : QDir::cleanPath(info.absoluteFilePath());
    const auto parts = path.split(u'/');
    const bool longName = std::any_of(
        parts.begin(), parts.end(), [](const QString &part) { return QFile::encodeName(part).size() > 255; });
    if (longName || QFile::encodeName(path).size() > 3000)
        return refused(u"the folder's name is too long"_s);
    return path;
}

Result<Place> openPlace(const QString &folder)
{
    const auto text = readWhole(folder + u'/' + MarkerName);
    if (!text)
        return failure(ErrorKind::NotFound, u"lab.not-a-lab"_s,
            u"%1 is not a practice lab (it has no lab.json)"_s.arg(folder));
    auto marker = markerFrom(*text);
    if (!marker)
        return failure(ErrorKind::NotFound, u"lab.not-a-lab"_s, folder + u": "_s + marker.error().detail);
    if (geteuid() != 0 && marker->owner != geteuid())
        return failure(ErrorKind::Denied, u"lab.owner"_s, folder + u" is the practice lab of another user"_s);
    return placeOf(folder, *marker);
}

Result<> makeNotedFolder(const QString &folder)
{
    if (QFileInfo::exists(folder))
        return {};
    QFile note(folder + MadeNote);
    if (!QDir().mkpath(folder) || !note.open(QIODevice::WriteOnly))
        return failure(ErrorKind::Denied, u"lab.folder"_s, u"%1 cannot be made"_s.arg(folder));
    return {};
}

Result<Place> makePlace(const QString &folder, const QString &binaries)
{
    const bool madeFolder = QFileInfo::exists(folder + MadeNote);
    auto place = QFileInfo::exists(folder + u'/' + MarkerName) ? takeUp(folder)
                                                               : begin(folder, binaries, madeFolder);
    QFile::remove(folder + MadeNote);
    if (!place && madeFolder)
        QDir().rmdir(folder); // goes only when it is empty
    return place;
}

Result<> writeMarker(const QString &folder, const Marker &marker)
{
    return writeWhole(folder + u'/' + MarkerName, QJsonDocument(toJson(marker)).toJson());
}

Result<> writeWhole(const QString &path, const QByteArray &text, bool isPrivate)
{
    QSaveFile file(path);
    const bool opened = file.open(QIODevice::WriteOnly);
    if (opened && isPrivate)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!opened || file.write(text) != text.size() || !file.commit())
        return failure(ErrorKind::Denied, u"lab.write"_s, path + u": "_s + file.errorString());
    return {};
}

Result<QByteArray> readWhole(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, u"lab.read"_s, path + u": "_s + file.errorString());
    return file.readAll();
}

} // namespace tidemark::lab
