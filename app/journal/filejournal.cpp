#include "journal/filejournal.h"

#include "journal/journallines.h"
#include "journal/syncedfile.h"
#include "ports/once.h"
#include "ports/turns.h"
#include "procedure/procedurejson.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QThread>
#include <QThreadPool>

#include <fcntl.h>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Files are read and written on the thread pool.
template <class Work>
QCoro::Task<std::invoke_result_t<Work>> onPool(Work work)
{
    using Answer = std::invoke_result_t<Work>;
    const Once<Answer> done;
    QThreadPool::globalInstance()->start([work = std::move(work), done]() mutable { done.settle(work()); });
    auto answer = co_await done;
    co_return answer;
}

QString journalFile(const QString &folder)
{
    return folder + u"/journal.jsonl"_s;
}

bool isPlainName(const QString &name)
{
    return !name.isEmpty() && !name.contains(u'/') && !name.startsWith(u'.');
}

struct Kept {
    SessionRecord record;
    QByteArray last; // sum that the next line names
    qsizetype good = 0;
};

Result<Kept> readFolder(const QString &folder)
{
    auto procedure = readWhole(folder + u"/procedure.json"_s);
    if (!procedure)
        return tl::unexpected(std::move(procedure).error());
    auto understood = procedureFromJson(*procedure);
    if (!understood)
        return tl::unexpected(std::move(understood).error());
    auto lines = readWhole(journalFile(folder));
    if (!lines)
        return tl::unexpected(std::move(lines).error());
    JournalRead read = readJournal(*lines, journalSum(*procedure));
    Kept kept { { QFileInfo(folder).fileName(), *std::move(understood), std::move(read.events), false,
                    read.trouble },
        read.last, read.good };
    return kept;
}

bool isLocked(const QString &folder)
{
    const auto lock = SyncedFile::open(folder + u"/lock"_s, O_RDWR);
    return lock && !lock->lock();
}

class FileSession : public OpenSession, public std::enable_shared_from_this<FileSession>
{
public:
    FileSession(QString folder, Kept kept, SyncedFile lock, SyncedFile lines)
        : m_folder(std::move(folder))
        , m_kept(std::move(kept))
        , m_lock(std::move(lock))
        , m_lines(std::move(lines))
    {
    }
    [[nodiscard]] const SessionRecord &record() const override { return m_kept.record; }

    [[nodiscard]] QCoro::Task<Result<>> write(SessionEvent event) override
    {
        const auto self = shared_from_this();
        const std::stop_token nobody; // a line that was begun is written
        const auto turn = co_await takeTurn(m_turns, nobody);
        const QByteArray line = journalLine(event, m_kept.last);
        const auto work = [self, line] { return self->m_lines.append(line + '\n'); };
        auto written = co_await onPool(work);
        if (!written)
            co_return written;
        m_kept.last = journalSum(line);
        m_kept.record.events.push_back(std::move(event));
        co_return written;
    }

    [[nodiscard]] QCoro::Task<Result<QString>> keep(QString name, QByteArray bytes) override
    {
        const auto self = shared_from_this();
        const QString path = m_folder + u"/evidence/"_s + name;
        const auto work = [path, bytes] { return writeSynced(path, bytes); };
        auto written = co_await onPool(work);
        if (!written)
            co_return tl::unexpected(std::move(written).error());
        co_return QString::fromLatin1(journalSum(bytes));
    }

private:
    QString m_folder;
    Kept m_kept;
    SyncedFile m_lock;
    SyncedFile m_lines;
    std::shared_ptr<Queue> m_turns = std::make_shared<Queue>(); // a line names the one before it
};

// Who only looks whether a session is busy holds its lock for a moment.
bool takeLock(const SyncedFile &lock)
{
    for (int i = 0; i < 10; ++i) {
        if (lock.lock())
            return true;
        QThread::msleep(20);
    }
    return false;
}

using Opened = Result<std::shared_ptr<OpenSession>>;

Opened openFolder(const QString &folder)
{
    auto lock = SyncedFile::open(folder + u"/lock"_s, O_RDWR | O_CREAT);
    if (!lock)
        return tl::unexpected(std::move(lock).error());
    if (!takeLock(*lock))
        return failure(ErrorKind::Conflict, u"journal.busy"_s, QFileInfo(folder).fileName());
    auto kept = readFolder(folder);
    if (!kept)
        return tl::unexpected(std::move(kept).error());
    if (!kept->record.trouble.isEmpty())
        return failure(ErrorKind::Invalid, u"journal.unreadable"_s, kept->record.trouble);
    auto lines = SyncedFile::open(journalFile(folder), O_WRONLY | O_APPEND);
    if (!lines)
        return tl::unexpected(std::move(lines).error());
    if (auto cut = lines->cutTo(kept->good); !cut)
        return tl::unexpected(std::move(cut).error());
    return std::make_shared<FileSession>(folder, *std::move(kept), *std::move(lock), *std::move(lines));
}

// The journal comes last: a folder without one was never begun.
Opened beginFolder(const QString &folder, const Procedure &procedure)
{
    if (!QDir().mkpath(folder + u"/evidence"_s))
        return failure(ErrorKind::Denied, u"journal.unwritable"_s, folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    for (const auto &[name, bytes] : { std::pair(u"/procedure.json"_s, procedureJson(procedure)),
             std::pair(u"/journal.jsonl"_s, QByteArray()) })
        if (auto written = writeSynced(folder + name, bytes); !written)
            return tl::unexpected(std::move(written).error());
    if (auto synced = syncFolder(QFileInfo(folder).path()); !synced)
        return tl::unexpected(std::move(synced).error());
    return openFolder(folder);
}

QString newId(Instant now)
{
    const QString time = now.toIso().left(19).remove(u'-').remove(u':').replace(u'T', u'-');
    return u"%1-%2"_s.arg(time).arg(QRandomGenerator::system()->bounded(0x10000), 4, 16, QLatin1Char('0'));
}

} // namespace

FileJournal::FileJournal(QString folder)
    : m_folder(std::move(folder))
{
}

QCoro::Task<Opened> FileJournal::begin(Procedure procedure, Instant now)
{
    const QStringList faults = faultsOf(procedure);
    if (!faults.isEmpty())
        co_return failure(ErrorKind::Invalid, u"procedure.unreadable"_s, faults.front());
    const QString folder = m_folder + u'/' + newId(now);
    const auto work = [folder, procedure] { return beginFolder(folder, procedure); };
    auto opened = co_await onPool(work);
    co_return opened;
}

QCoro::Task<Opened> FileJournal::open(QString id)
{
    const QString folder = m_folder + u'/' + id;
    if (!isPlainName(id) || !QFileInfo::exists(folder))
        co_return failure(ErrorKind::NotFound, u"journal.missing"_s, id);
    const auto work = [folder] { return openFolder(folder); };
    auto opened = co_await onPool(work);
    co_return opened;
}

QCoro::Task<Result<SessionRecord>> FileJournal::read(QString id)
{
    const QString folder = m_folder + u'/' + id;
    if (!isPlainName(id) || !QFileInfo::exists(folder))
        co_return failure(ErrorKind::NotFound, u"journal.missing"_s, id);
    const auto work = [folder]() -> Result<SessionRecord> {
        auto kept = readFolder(folder);
        if (!kept)
            return tl::unexpected(std::move(kept).error());
        kept->record.busy = isLocked(folder);
        return std::move(kept->record);
    };
    auto record = co_await onPool(work);
    co_return record;
}

QCoro::Task<Result<std::vector<SessionRecord>>> FileJournal::list()
{
    const QString place = m_folder;
    const auto work = [place]() -> Result<std::vector<SessionRecord>> {
        std::vector<SessionRecord> records;
        for (const QString &name :
            QDir(place).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
            const QString folder = place + u'/' + name;
            auto kept = readFolder(folder);
            if (!kept) {
                SessionRecord unread;
                unread.id = name;
                unread.trouble = kept.error().detail;
                records.push_back(std::move(unread));
                continue;
            }
            kept->record.busy = isLocked(folder);
            records.push_back(std::move(kept->record));
        }
        return records;
    };
    auto records = co_await onPool(work);
    co_return records;
}

QCoro::Task<Result<QByteArray>> FileJournal::evidence(QString id, QString name)
{
    if (!isPlainName(id) || !isPlainName(name))
        co_return failure(ErrorKind::NotFound, u"journal.missing"_s, name);
    const QString path = m_folder + u'/' + id + u"/evidence/"_s + name;
    const auto work = [path] { return readWhole(path); };
    auto bytes = co_await onPool(work);
    co_return bytes;
}

} // namespace tidemark
