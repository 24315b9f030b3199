#include "hosts/answers.h"

#include "hosts/hosterrors.h"
#include "hosts/scripts.h"
#include "values/pathtext.h"

#include <QRegularExpression>

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Instant instantOf(QByteArrayView seconds)
{
    const qsizetype point = seconds.indexOf('.');
    const QByteArrayView whole = point < 0 ? seconds : seconds.first(point);
    QByteArray fraction = point < 0 ? QByteArray() : seconds.sliced(point + 1).toByteArray().left(6);
    fraction = fraction.leftJustified(6, '0');
    const qint64 micro = whole.toLongLong() * 1'000'000;
    return Instant::fromMicroseconds(micro + fraction.toLongLong());
}

EntryKind kindOfLetter(char letter)
{
    switch (letter) {
    case 'f':
        return EntryKind::File;
    case 'd':
        return EntryKind::Folder;
    case 'l':
        return EntryKind::Link;
    default:
        return EntryKind::Other;
    }
}

char letterOfMode(uint mode)
{
    return S_ISREG(mode) ? 'f' : S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : 'o';
}

} // namespace

Error problemOf(const QByteArray &status, const QByteArray &path)
{
    if (status == "missing")
        return hostError(ENOENT, path);
    if (status == "denied")
        return hostError(EACCES, path);
    if (status == "not-a-folder")
        return hostError(ENOTDIR, path);
    if (status == "not-a-file")
        return notAFile(path);
    if (status == "no-find")
        return { ErrorKind::NotFound, u"host.no-program"_s,
            u"neither GNU find nor a stat that takes -c is there"_s };
    return { ErrorKind::Protocol, u"host.unreadable"_s,
        pathText(path) + u": "_s + QString::fromUtf8(status.mid(status.indexOf(' ') + 1)) };
}

QByteArrayView AnswerHead::take(QByteArrayView bytes)
{
    if (m_status)
        return bytes;
    m_held.append(bytes);
    const qsizetype mark = m_held.indexOf(Mark);
    const qsizetype end = mark < 0 ? -1 : m_held.indexOf('\n', mark);
    if (end < 0)
        return {};
    const auto word = mark + static_cast<qsizetype>(qstrlen(Mark));
    m_status = m_held.mid(word, end - word);
    return QByteArrayView(m_held).sliced(end + 1);
}

EntryReader::EntryReader(HostListing listing, bool slow)
    : m_listing(std::move(listing))
    , m_slow(slow)
{
}

std::vector<HostEntry> EntryReader::take(QByteArrayView bytes)
{
    std::vector<HostEntry> found;
    qsizetype from = 0;
    for (qsizetype end = bytes.indexOf('\0'); end >= 0; end = bytes.indexOf('\0', from)) {
        if (m_rest.isEmpty()) {
            record(bytes.sliced(from, end - from), found);
        } else {
            m_rest.append(bytes.sliced(from, end - from));
            record(m_rest, found);
            m_rest.clear();
        }
        from = end + 1;
    }
    m_rest.append(bytes.sliced(from));
    return found;
}

// "f 8192 1763640000.5 base/5/1259", or with stat "81a4 8192 1763640000\n/srv/pg/./base/5/1259".
void EntryReader::record(QByteArrayView record, std::vector<HostEntry> &found)
{
    const qsizetype first = record.indexOf(' ');
    const qsizetype second = record.indexOf(' ', first + 1);
    const qsizetype third = record.indexOf(m_slow ? '\n' : ' ', second + 1);
    if (first < 1 || second < 0 || third < 0)
        return;
    QByteArray path = record.sliced(third + 1).toByteArray();
    if (m_slow)
        path.remove(0, m_listing.folder.size() + 3);
    const bool closed = record[0] == 'x';
    const char kind
        = closed || !m_slow ? record[0] : letterOfMode(record.first(first).toByteArray().toUInt(nullptr, 16));
    add(kind, record.sliced(first + 1, third - first - 1), path, found);
}

void EntryReader::add(char kind, QByteArrayView about, const QByteArray &path, std::vector<HostEntry> &found)
{
    if (m_slow && below(path))
        return;
    if (kind == 'x') {
        if (entered(path))
            m_closed.push_back(path);
        return;
    }
    const qsizetype space = about.indexOf(' ');
    found.push_back({ path, kindOfLetter(kind), about.first(space).toByteArray().toLongLong(),
        instantOf(about.sliced(space + 1)) });
}

// Whether it lies below a folder that was not to be entered.
bool EntryReader::below(const QByteArray &path) const
{
    for (qsizetype slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
        if (!entered(path.first(slash)))
            return true;
    return false;
}

bool EntryReader::entered(const QByteArray &path) const
{
    const auto depth = path.count('/') + 1;
    const QByteArray name = path.sliced(path.lastIndexOf('/') + 1);
    return (m_listing.depth == 0 || depth < m_listing.depth) && !std::ranges::count(m_listing.skip, name);
}

namespace {

class PartsReader
{
public:
    explicit PartsReader(QByteArrayView answer)
        : m_rest(answer)
    {
    }
    // The next status; nothing when the answer ends here.
    std::optional<QByteArray> status()
    {
        const qsizetype end = m_rest.startsWith(Mark) ? m_rest.indexOf('\n') : -1;
        if (end < 0)
            return {};
        const auto word = static_cast<qsizetype>(qstrlen(Mark));
        const QByteArray status = m_rest.sliced(word, end - word).toByteArray();
        m_rest = m_rest.sliced(end + 1);
        return status;
    }
    std::optional<QByteArray> bytes(qint64 count)
    {
        if (count < 0 || m_rest.size() < count)
            return {};
        const QByteArray bytes = m_rest.first(count).toByteArray();
        m_rest = m_rest.sliced(count);
        return bytes;
    }

private:
    QByteArrayView m_rest;
};

} // namespace

std::optional<std::vector<Result<QByteArray>>> partsAnswered(
    QByteArrayView answer, const std::vector<HostReader::Part> &parts)
{
    std::vector<Result<QByteArray>> answers;
    PartsReader reader(answer);
    while (answers.size() < parts.size()) {
        const HostReader::Part &part = parts[answers.size()];
        const auto status = reader.status();
        if (!status)
            return {};
        const bool many = status->startsWith("many ");
        if (!many && !status->startsWith("part ")) {
            answers.push_back(tl::unexpected(problemOf(*status, part.path)));
            continue;
        }
        const auto bytes = reader.bytes(status->mid(5).toLongLong());
        const auto end = reader.status();
        if (!bytes || !end || !end->startsWith("end "))
            return {};
        const std::size_t count = many ? runLength(parts, answers.size()) : 1;
        for (std::size_t i = 0; i < count; ++i) {
            if (*end == "end ")
                answers.push_back(many ? bytes->mid(qsizetype(i) * part.length, part.length) : *bytes);
            else
                answers.push_back(tl::unexpected(problemOf("unreadable gone while it was read", part.path)));
        }
    }
    return answers;
}

std::optional<HostSpace> spaceAnswered(const QByteArray &df)
{
    static const QRegularExpression line(u"^(.*?)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+\\S+\\s+(/.*)$"_s);
    const auto match = line.match(QString::fromUtf8(df.trimmed().split('\n').value(1)));
    if (!match.hasMatch())
        return {};
    return HostSpace { { match.captured(2).toLongLong() * 1024 }, { match.captured(4).toLongLong() * 1024 },
        (match.captured(1) + u' ' + match.captured(5)).toUtf8() };
}

QByteArray weightyWords(const QByteArray &err)
{
    QByteArrayList weighty;
    for (const QByteArray &line : err.split('\n'))
        if (line.startsWith("find: ") && !line.endsWith("Permission denied")
            && !line.endsWith("No such file or directory"))
            weighty.append(line);
    return weighty.join('\n');
}

} // namespace tidemark
