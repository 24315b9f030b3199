#pragma once

#include "dumps/customwalk.h"
#include "dumps/plain.h"
#include "dumps/tarwalk.h"
#include "unpack/unpacker.h"

#include <memory>

namespace tidemark {

// What the bytes of one dump told.
struct DumpFacts {
    enum class Verdict {
        NoDump,
        Empty,
        Cut, // its end is missing
        Damaged, // it contradicts itself
        Unread, // a dump, but its end was not looked at
        Whole
    };
    Verdict verdict = Verdict::NoDump;
    QString words; // why it is not whole, or what was looked at
    bool globals = false; // roles and tablespaces alone
    bool cluster = false; // all databases, by pg_dumpall
    bool encrypted = false;
    QString format; // "custom", "directory", "tar", "plain"
    QString compression;
    QString created; // local time of the machine that made it, without a zone
    std::optional<QByteArray> database;
    QString server;
    QString tool;
    std::optional<qint64> objects;

    bool operator==(const DumpFacts &) const = default;
};

// Looks at one file of a dump, from its first byte on, in portions of any size, and tells which bytes it need
// not see. Memory is bounded by the table of contents.
class DumpInspector
{
public:
    // Nothing: the size is not known, because the bytes come out of a packed file.
    explicit DumpInspector(std::optional<qint64> size, Packing packedAs = Packing::None);
    DumpInspector(const DumpInspector &) = delete;
    DumpInspector &operator=(const DumpInspector &) = delete;

    // False: it has seen enough.
    bool take(QByteArrayView bytes);
    [[nodiscard]] qint64 skippable() const;
    void skip(qint64 count);
    // How the file is packed, once its first bytes are known: it has to be unpacked and looked at anew.
    [[nodiscard]] Packing packing() const { return m_packing; }
    // More would take too long: only the last bytes follow, at least 1024 of them if there are as many.
    void giveUp(QByteArrayView tail);
    void giveUp();
    [[nodiscard]] DumpFacts finish();

private:
    enum class Phase { Head, Toc, Custom, Tar, Plain, Enough };
    void decide(bool atEnd);
    void readToc(bool atEnd);
    void startWalk();
    [[nodiscard]] bool placesFit();
    void keepTail(QByteArrayView bytes);
    void tell(const DumpToc &toc);
    void end(DumpFacts::Verdict verdict, const QString &words = {});
    void finishTar(const QString &ending, bool allSeen);
    void finishPlain();
    [[nodiscard]] std::optional<qint64> memberSize(const DumpToc::Entry &entry) const;
    [[nodiscard]] QString missingMember(const DumpToc &toc) const;

    std::optional<qint64> m_size;
    DumpFacts m_facts;
    Phase m_phase = Phase::Head;
    Packing m_packing = Packing::None;
    qint64 m_position = 0;
    QByteArray m_head;
    qsizetype m_tryAt = 0;
    DumpToc m_toc;
    qint64 m_walkFrom = 0;
    CustomWalk m_custom;
    TarWalk m_tar;
    QByteArray m_tail;
};

} // namespace tidemark
