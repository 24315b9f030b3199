#include "unpack/unpacker.h"

#include "unpack/codecs.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype Room = 128 * 1024;

struct Mark {
    Packing packing;
    QByteArrayView bytes;
    QByteArrayView suffix;
    const char *name;
};
constexpr Mark Marks[] {
    { Packing::Gzip, "\x1f\x8b\x08", ".gz", "gzip" },
    { Packing::Zstd, "\x28\xb5\x2f\xfd", ".zst", "zstd" },
    { Packing::Lz4, "\x04\x22\x4d\x18", ".lz4", "lz4" },
    { Packing::Bzip2, "BZh", ".bz2", "bzip2" },
};

// No packing at all, so that callers need not tell it apart.
class Plain : public Unpacker
{
protected:
    Progress unpack(QByteArrayView packed, char *room, qsizetype size) override
    {
        const qsizetype count = std::min(packed.size(), size);
        std::copy_n(packed.data(), count, room);
        return { Step::More, count, count };
    }
    bool restart() override { return true; }
    [[nodiscard]] bool hasEnd() const override { return false; }
};

bool isPadding(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
}

} // namespace

Packing packingOf(QByteArrayView head)
{
    for (const Mark &mark : Marks)
        if (head.startsWith(mark.bytes))
            return mark.packing;
    return Packing::None;
}

Packing packingOfName(QByteArrayView name)
{
    for (const Mark &mark : Marks)
        if (name.endsWith(mark.suffix))
            return mark.packing;
    return Packing::None;
}

QString packingName(Packing packing)
{
    for (const Mark &mark : Marks)
        if (mark.packing == packing)
            return QString::fromLatin1(mark.name);
    return {};
}

std::unique_ptr<Unpacker> Unpacker::make(Packing packing)
{
    switch (packing) {
    case Packing::Gzip:
        return gzipUnpacker();
    case Packing::Zstd:
        return zstdUnpacker();
    case Packing::Lz4:
        return lz4Unpacker();
    case Packing::Bzip2:
        return bzip2Unpacker();
    case Packing::None:
        break;
    }
    return std::make_unique<Plain>();
}

bool Unpacker::take(QByteArrayView packed, const Sink &sink)
{
    m_room.resize(Room);
    bool full = false; // the last step filled the room: there may be more without new bytes
    while (m_damage.isEmpty() && (!packed.isEmpty() || full)) {
        if (!m_within) {
            if (m_any && isPadding(packed))
                return true;
            if (!restart())
                m_damage = u"out of memory"_s;
            m_within = m_any = true;
        }
        const Progress progress = unpack(packed, m_room.data(), m_room.size());
        if (progress.step == Step::Damaged)
            m_damage = u"the packed bytes are damaged"_s;
        packed = packed.sliced(progress.taken);
        m_within = progress.step == Step::More;
        full = m_within && progress.made == m_room.size();
        if (progress.made > 0 && !sink(QByteArrayView(m_room.constData(), progress.made)))
            return false;
        if (m_within && progress.taken == 0 && progress.made == 0)
            break;
    }
    return m_damage.isEmpty();
}

QString Unpacker::finish() const
{
    if (!m_damage.isEmpty())
        return m_damage;
    if (!m_any)
        return u"the file is empty"_s;
    return m_within && hasEnd() ? u"the packed bytes end in the middle"_s : QString();
}

} // namespace tidemark
