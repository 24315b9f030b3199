#include "dumps/inspector.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Verdict = DumpFacts::Verdict;

bool isEncrypted(QByteArrayView head)
{
    return head.startsWith("age-encryption.org/") || head.startsWith("-----BEGIN AGE ENCRYPTED FILE")
        || head.startsWith("-----BEGIN PGP MESSAGE") || head.startsWith("Salted__");
}

// The beginning of one, too short to show that it is one.
bool mayBegin(QByteArrayView head)
{
    for (const QByteArrayView beginning :
        { QByteArrayView("PGDMP"), QByteArrayView("--\n-- PostgreSQL database cluster dump"),
            QByteArrayView("--\n-- PostgreSQL database dump") })
        if (beginning.startsWith(head))
            return true;
    return false;
}

bool isZero(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
}

} // namespace

DumpInspector::DumpInspector(std::optional<qint64> size, Packing packedAs)
    : m_size(size)
{
    m_facts.compression = packingName(packedAs);
}

void DumpInspector::end(Verdict verdict, const QString &words)
{
    m_facts.verdict = verdict;
    m_facts.words = words;
    m_phase = Phase::Enough;
    m_head.clear();
    m_tail.clear();
}

bool DumpInspector::take(QByteArrayView bytes)
{
    const qint64 before = m_position;
    m_position += bytes.size();
    switch (m_phase) {
    case Phase::Head:
        m_head.append(bytes);
        decide(false);
        break;
    case Phase::Toc:
        m_head.append(bytes);
        readToc(false);
        break;
    case Phase::Custom:
        if (m_position > m_walkFrom)
            m_custom.take(bytes.sliced(std::max<qint64>(0, m_walkFrom - before)));
        if (m_custom.damaged())
            end(Verdict::Damaged, m_custom.ending());
        break;
    case Phase::Tar:
        m_tar.take(bytes);
        if (m_tar.damaged())
            finishTar(m_tar.ending(), true);
        break;
    case Phase::Plain:
        keepTail(bytes);
        break;
    case Phase::Enough:
        break;
    }
    return m_phase != Phase::Enough;
}

void DumpInspector::decide(bool atEnd)
{
    if (m_head.size() < TarWalk::Block && !atEnd)
        return;
    m_packing = m_facts.compression.isEmpty() ? packingOf(m_head) : Packing::None;
    if (m_packing != Packing::None) {
        end(Verdict::Unread);
    } else if (m_head.isEmpty()) {
        end(Verdict::Empty, u"0 bytes"_s);
    } else if (isEncrypted(m_head)) {
        m_facts.encrypted = true;
        end(Verdict::Unread, u"it is encrypted"_s);
    } else if (m_head.startsWith("PGDMP")) {
        m_phase = Phase::Toc;
        readToc(atEnd);
    } else if (TarWalk::isTar(m_head)) {
        m_phase = Phase::Tar;
        m_tar.take(std::exchange(m_head, {}));
        if (m_tar.first() != "toc.dat")
            end(Verdict::NoDump, u"a tar file without a table of contents"_s);
    } else if (plainHead(m_head)) {
        m_phase = Phase::Plain;
        const QByteArray seen = std::exchange(m_head, {});
        keepTail(seen);
    } else if (mayBegin(m_head)) {
        end(Verdict::Cut, u"it ends after %1 bytes"_s.arg(m_head.size()));
    } else {
        end(Verdict::NoDump);
    }
}

void DumpInspector::tell(const DumpToc &toc)
{
    if (m_facts.compression.isEmpty())
        m_facts.compression = toc.compression;
    m_facts.created = toc.created;
    m_facts.database = toc.database;
    m_facts.server = toc.server;
    m_facts.tool = toc.tool;
    m_facts.objects = toc.holdsObjects ? toc.count : 0;
}

void DumpInspector::readToc(bool atEnd)
{
    if (m_head.size() < m_tryAt && !atEnd)
        return;
    m_facts.format = u"custom"_s;
    auto toc = parseToc(m_head);
    if (toc) {
        m_toc = std::move(*toc);
        tell(m_toc);
        startWalk();
        return;
    }
    const TocFault &fault = toc.error();
    if (fault.kind == TocFault::Kind::NeedMore && !atEnd && m_head.size() < LongestToc) {
        m_tryAt = m_head.size() * 2;
        return;
    }
    if (!fault.known.server.isEmpty())
        tell(fault.known);
    m_facts.objects.reset();
    const auto verdict = fault.kind == TocFault::Kind::NeedMore && atEnd ? Verdict::Cut
        : fault.kind == TocFault::Kind::Newer                            ? Verdict::Unread
                                                                         : Verdict::Damaged;
    end(verdict, fault.words);
}

// The last data, when it is known where they begin; else all.
void DumpInspector::startWalk()
{
    if (!m_toc.custom) {
        end(Verdict::NoDump, u"a table of contents without its data"_s);
        return;
    }
    if (!placesFit())
        return;
    const bool known = std::ranges::all_of(
        m_toc.entries, [](const auto &entry) { return entry.place == DumpToc::Place::Known; });
    qint64 blocks = qint64(m_toc.entries.size());
    m_walkFrom = m_toc.size;
    if (known && blocks > 0) {
        m_walkFrom = qint64(std::ranges::max(m_toc.entries, {}, &DumpToc::Entry::offset).offset);
        blocks = 1;
    }
    m_custom = CustomWalk(m_toc.entries, m_toc.intSize, blocks);
    m_phase = Phase::Custom;
    const QByteArray seen = std::exchange(m_head, {});
    if (seen.size() > m_walkFrom)
        m_custom.take(QByteArrayView(seen).sliced(m_walkFrom));
    if (m_custom.damaged())
        end(Verdict::Damaged, m_custom.ending());
}

bool DumpInspector::placesFit()
{
    for (const auto &entry : m_toc.entries) {
        if (entry.place != DumpToc::Place::Known)
            continue;
        const QString tag = QString::fromUtf8(entry.tag);
        const auto last = quint64(m_size.value_or(std::numeric_limits<qint64>::max()));
        if (entry.offset < quint64(m_toc.size))
            end(Verdict::Damaged, u"the place of the data of \"%1\" is damaged"_s.arg(tag));
        else if (entry.offset >= last)
            end(Verdict::Cut,
                u"the data of \"%1\" begin at byte %2, the file has %3"_s.arg(tag)
                    .arg(entry.offset)
                    .arg(last));
        if (m_phase == Phase::Enough)
            return false;
    }
    return true;
}

qint64 DumpInspector::skippable() const
{
    switch (m_phase) {
    case Phase::Custom:
        return m_position < m_walkFrom ? m_walkFrom - m_position : m_custom.skippable();
    case Phase::Tar:
        return m_tar.skippable();
    case Phase::Plain:
        return m_size && m_position >= PlainHeadSize
            ? std::max<qint64>(0, *m_size - PlainTailSize - m_position)
            : 0;
    default:
        return 0;
    }
}

void DumpInspector::skip(qint64 count)
{
    if (count == 0)
        return;
    if (m_phase == Phase::Custom && m_position >= m_walkFrom)
        m_custom.skip(count);
    else if (m_phase == Phase::Tar)
        m_tar.skip(count);
    else if (m_phase == Phase::Plain)
        m_tail.clear();
    m_position += count;
}

void DumpInspector::keepTail(QByteArrayView bytes)
{
    if (m_head.size() < PlainHeadSize)
        m_head.append(bytes.first(std::min(bytes.size(), PlainHeadSize - m_head.size())));
    m_tail.append(bytes.last(std::min(bytes.size(), PlainTailSize)));
    if (m_tail.size() > PlainTailSize)
        m_tail.remove(0, m_tail.size() - PlainTailSize);
}

void DumpInspector::giveUp(QByteArrayView tail)
{
    const bool custom = m_phase == Phase::Custom;
    const qsizetype mark = custom ? 1 + m_toc.intSize : 2 * TarWalk::Block;
    const bool ended = tail.size() >= mark && isZero(tail.last(mark));
    if (custom)
        ended ? end(Verdict::Whole, u"table of contents and end mark"_s)
              : end(Verdict::Cut, u"it does not end with an end mark"_s);
    else if (m_phase == Phase::Tar)
        finishTar(ended ? QString() : u"it has no end mark"_s, false);
    else
        giveUp();
}

void DumpInspector::giveUp()
{
    if (m_phase == Phase::Plain)
        finishPlain();
    if (m_phase == Phase::Tar)
        finishTar({}, false);
    if (m_phase == Phase::Enough && (m_facts.verdict == Verdict::NoDump || m_facts.verdict == Verdict::Empty))
        return;
    if (m_phase != Phase::Enough || m_facts.verdict != Verdict::Unread)
        end(Verdict::Unread, u"too large to be read to its end"_s);
}

DumpFacts DumpInspector::finish()
{
    if (m_phase == Phase::Head)
        decide(true);
    if (m_phase == Phase::Toc)
        readToc(true);
    switch (m_phase) {
    case Phase::Custom: {
        const QString ending
            = m_position < m_walkFrom ? u"it ends before its last data"_s : m_custom.ending();
        end(ending.isEmpty() ? Verdict::Whole : Verdict::Cut,
            ending.isEmpty() ? u"table of contents and data blocks"_s : ending);
        break;
    }
    case Phase::Tar:
        finishTar(m_tar.ending(), true);
        break;
    case Phase::Plain:
        finishPlain();
        break;
    case Phase::Head:
    case Phase::Toc:
    case Phase::Enough:
        break;
    }
    return m_facts;
}

std::optional<qint64> DumpInspector::memberSize(const DumpToc::Entry &entry) const
{
    QByteArrayList names { entry.file };
    if (entry.largeObjects) // pg_dump names the list in the table of contents otherwise than in the file
        names += { "blobs.toc", "blobs_" + QByteArray::number(entry.id) + ".toc" };
    for (const QByteArray &name : names)
        if (const auto member = m_tar.members().constFind(name); member != m_tar.members().constEnd())
            return *member;
    return {};
}

QString DumpInspector::missingMember(const DumpToc &toc) const
{
    for (const auto &entry : toc.entries) {
        const auto size = memberSize(entry);
        if (!size)
            return u"the data of \"%1\" are missing"_s.arg(QString::fromUtf8(entry.tag));
        if (*size == 0)
            return u"the data of \"%1\" are empty"_s.arg(QString::fromUtf8(entry.tag));
    }
    return {};
}

void DumpInspector::finishTar(const QString &ending, bool allSeen)
{
    if (!m_tar.toc()) {
        end(Verdict::NoDump, u"a tar file without a table of contents"_s);
        return;
    }
    m_facts.format = u"tar"_s;
    const auto toc = parseToc(*m_tar.toc());
    if (toc)
        tell(*toc);
    if (!ending.isEmpty()) {
        end(m_tar.damaged() ? Verdict::Damaged : Verdict::Cut, ending);
    } else if (!toc) {
        end(toc.error().kind == TocFault::Kind::Newer ? Verdict::Unread : Verdict::Damaged,
            toc.error().words);
    } else {
        const QString missing = allSeen ? missingMember(*toc) : QString();
        end(missing.isEmpty() ? Verdict::Whole : Verdict::Damaged,
            !missing.isEmpty() ? missing
                : allSeen      ? u"table of contents, members and end mark"_s
                               : u"table of contents and end mark"_s);
    }
}

void DumpInspector::finishPlain()
{
    const auto head = plainHead(m_head);
    const auto ending = plainEnd(m_tail);
    m_facts.format = u"plain"_s;
    m_facts.created = head->started;
    m_facts.server = head->server;
    m_facts.tool = head->tool;
    m_facts.database = head->database;
    m_facts.globals = ending == PlainEnd::Globals;
    m_facts.cluster = head->cluster && !m_facts.globals;
    const bool fits = head->cluster == (ending == PlainEnd::Globals || ending == PlainEnd::Cluster);
    if (ending == PlainEnd::Cut || !fits)
        end(Verdict::Cut, u"its last lines do not say that it is complete"_s);
    else
        end(Verdict::Whole, u"first and last lines"_s);
}

} // namespace tidemark
