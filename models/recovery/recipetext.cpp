#include "recovery/recipetext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Recipe", text);
}

const char *textOf(Recipe::Note note)
{
    using Note = Recipe::Note;
    switch (note) {
    case Note::Unpack:
        return QT_TRANSLATE_NOOP(
            "Recipe", "Unpack the base backup into DATA_DIRECTORY, its tablespaces into their own folders.");
    case Note::CopyBase:
        return QT_TRANSLATE_NOOP("Recipe", "Copy the base backup into DATA_DIRECTORY.");
    case Note::Combine:
        return QT_TRANSLATE_NOOP("Recipe", "Use the pg_combinebackup of the server's version, 17 or later.");
    case Note::PackedWal:
        return QT_TRANSLATE_NOOP(
            "Recipe", "Where the archive is packed, restore_command has to unpack each segment.");
    case Note::AllWal:
        return QT_TRANSLATE_NOOP("Recipe", "No target: recovery goes to the end of what is archived.");
    case Note::MayStopShort:
        return QT_TRANSLATE_NOOP("Recipe",
            "When no transaction follows the target in the WAL, the server says that it was not reached and "
            "stops.");
    case Note::Signal:
        return QT_TRANSLATE_NOOP(
            "Recipe", "An empty file recovery.signal in DATA_DIRECTORY starts recovery.");
    case Note::Globals:
        return QT_TRANSLATE_NOOP(
            "Recipe", "Restore the globals of the same run first: roles and tablespaces.");
    case Note::ByHand:
        return QT_TRANSLATE_NOOP(
            "Recipe", "How to get at this backup is not known to Tidemark: restore it by its own tool.");
    case Note::RolesMayBeThere:
        return QT_TRANSLATE_NOOP("Recipe",
            "The globals tell an error for each role that is there already, as the one the server was made "
            "with; folders of tablespaces have to be there, empty.");
    case Note::StorageName:
        return QT_TRANSLATE_NOOP("Recipe",
            "STORAGE is the storage of Proxmox VE that leads to this datastore and namespace; the first "
            "command has to list the snapshot. TARGET_STORAGE takes the disks.");
    case Note::NewGuest:
        return QT_TRANSLATE_NOOP("Recipe",
            "NEW_ID is an id that no guest has. Start the copy cut off from the network: it takes itself for "
            "the old machine, and its server would archive where the old one does.");
    case Note::ArchiveName:
        return QT_TRANSLATE_NOOP(
            "Recipe", "ARCHIVE is one of the names that the first command lists, such as root.pxar.");
    case Note::ClientSecret:
        return QT_TRANSLATE_NOOP("Recipe",
            "The client asks for the password, or takes it from PBS_PASSWORD, and the server's fingerprint "
            "from PBS_FINGERPRINT.");
    case Note::Key:
        return QT_TRANSLATE_NOOP(
            "Recipe", "It is encrypted: without the key it was made with nothing can be read.");
    case Note::CrashRecovery:
        return QT_TRANSLATE_NOOP("Recipe",
            "The server was running when this was taken. It recovers at its first start as after a power "
            "failure; its log has to end with \"database system is ready to accept connections\".");
    case Note::SameTimeline:
        return QT_TRANSLATE_NOOP("Recipe",
            "It comes back on the timeline it had. Set archive_mode to off before it starts: two servers "
            "that archive the same timeline into one place spoil the archive.");
    case Note::Resume:
        return QT_TRANSLATE_NOOP("Recipe",
            "Recovery waits at its target: look at the data, then SELECT pg_wal_replay_resume() opens the "
            "server.");
    case Note::NewTimeline:
        return QT_TRANSLATE_NOOP("Recipe",
            "When it opens it begins a new timeline. Look where archive_command leads before that: the "
            "archive of the old server, while that still runs, is the wrong place.");
    case Note::Compare:
        return QT_TRANSLATE_NOOP(
            "Recipe", "Look whether all databases, roles and the newest rows you expect are there.");
    case Note::Statistics:
        return QT_TRANSLATE_NOOP(
            "Recipe", "A dump has no statistics: queries are slow until they are there.");
    }
    return "";
}

const char *textOf(Recipe::Into into)
{
    switch (into) {
    case Recipe::Into::DataDirectory:
        return QT_TRANSLATE_NOOP("Recipe", "into an empty DATA_DIRECTORY, never into the one in use");
    case Recipe::Into::Server:
        return QT_TRANSLATE_NOOP(
            "Recipe", "into a new server at TARGET_HOST and TARGET_PORT, never into the one in use");
    case Recipe::Into::Guest:
        return QT_TRANSLATE_NOOP(
            "Recipe", "on a Proxmox VE host, as a new guest NEW_ID, never over the one in use");
    case Recipe::Into::Folder:
        return QT_TRANSLATE_NOOP("Recipe", "on the machine to restore to, into an empty TARGET_FOLDER");
    }
    return "";
}

// A name from outside stays in its comment.
QString comment(const QString &text)
{
    QString flat = text;
    for (QChar &c : flat)
        if (c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
            || c.category() == QChar::Separator_Paragraph)
            c = u' ';
    return u"# "_s + flat;
}

QStringList placeLines(const SnapshotPlace &place)
{
    const auto told = [](const char *text, const QString &value) { return words(text).arg(value); };
    QStringList lines { told(QT_TRANSLATE_NOOP("Recipe", "backup server: %1"), place.server),
        told(QT_TRANSLATE_NOOP("Recipe", "datastore: %1"), place.datastore) };
    if (!place.nameSpace.isEmpty())
        lines << told(QT_TRANSLATE_NOOP("Recipe", "namespace: %1"), place.nameSpace);
    lines << told(QT_TRANSLATE_NOOP("Recipe", "group: %1"), place.group)
          << told(QT_TRANSLATE_NOOP("Recipe", "snapshot: %1"), place.time);
    return lines;
}

class Text
{
public:
    void block(const QStringList &comments, const QStringList &lines = {})
    {
        if (comments.isEmpty() && lines.isEmpty())
            return;
        if (!m_lines.isEmpty())
            m_lines << QString();
        for (const QString &one : comments)
            m_lines << comment(one);
        m_lines << lines;
    }
    [[nodiscard]] QString whole() const { return m_lines.join(u'\n') + u'\n'; }

private:
    QStringList m_lines;
};

QStringList sentences(const std::vector<Recipe::Note> &notes)
{
    QStringList all;
    for (const Recipe::Note note : notes)
        all << wordsFor(note);
    return all;
}

} // namespace

QString wordsFor(Recipe::Note note)
{
    return words(textOf(note));
}

QString wordsFor(Quiesced quiesced)
{
    switch (quiesced) {
    case Quiesced::CrashConsistent:
        return words(QT_TRANSLATE_NOOP(
            "Recipe", "crash-consistent, unless the guest agent froze it: the server does not tell"));
    case Quiesced::GuestFrozen:
        return words(QT_TRANSLATE_NOOP("Recipe", "frozen by the guest agent"));
    case Quiesced::Unknown:
        break;
    }
    return words(QT_TRANSLATE_NOOP("Recipe", "not told: its files may have been copied while they changed"));
}

QString recipeText(const Recipe &recipe, const QStringList &title)
{
    Text text;
    QStringList head = title;
    if (recipe.snapshot)
        head << placeLines(*recipe.snapshot);
    if (!recipe.commands.isEmpty())
        head << words(textOf(recipe.into));
    text.block(head, recipe.commands);
    if (!recipe.settings.isEmpty())
        text.block({ words(QT_TRANSLATE_NOOP("Recipe", "in DATA_DIRECTORY/postgresql.auto.conf")) },
            recipe.settings);
    text.block(sentences(recipe.notes));
    QStringList after = sentences(recipe.checks);
    if (!after.isEmpty())
        after.prepend(words(QT_TRANSLATE_NOOP("Recipe", "Afterwards:")));
    text.block(after, recipe.looks);
    return text.whole();
}

} // namespace tidemark
