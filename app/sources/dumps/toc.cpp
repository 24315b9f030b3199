#include "dumps/toc.h"

#include <QDateTime>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int Oldest = 11'200;
constexpr int WithAccessMethod = 11'400;
constexpr int WithAlgorithm = 11'500;
constexpr int WithKind = 11'600;
constexpr int BeyondKnown = 11'700;

constexpr qint64 LongestText = 64LL << 20;

// Reads on until the bytes end or contradict themselves; after that every answer is empty.
class Cursor
{
public:
    explicit Cursor(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    [[nodiscard]] bool good() const { return !m_short && !m_bad; }
    [[nodiscard]] bool bad() const { return m_bad; }
    [[nodiscard]] qsizetype position() const { return m_at; }
    void setIntSize(int size) { m_intSize = size; }

    [[nodiscard]] int byte()
    {
        const QByteArrayView one = take(1);
        return one.isEmpty() ? 0 : static_cast<unsigned char>(one[0]);
    }
    [[nodiscard]] qint64 integer()
    {
        const int sign = byte();
        m_bad = m_bad || sign > 1;
        const auto value = qint64(littleEndian(m_intSize));
        m_bad = m_bad || value > std::numeric_limits<int>::max();
        return sign == 1 ? -value : value;
    }
    [[nodiscard]] quint64 littleEndian(int size)
    {
        const QByteArrayView bytes = take(size);
        quint64 value = 0;
        for (qsizetype i = bytes.size(); i > 0; --i)
            value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
        return value;
    }
    // Nothing: NULL.
    [[nodiscard]] std::optional<QByteArrayView> text()
    {
        const qint64 length = integer();
        if (length < 0 || !good())
            return {};
        if (length > LongestText) {
            m_bad = true;
            return {};
        }
        return take(length);
    }
    void skipTexts(int count)
    {
        while (count-- > 0 && good())
            (void)text();
    }

private:
    QByteArrayView take(qint64 count)
    {
        if (!good() || m_bytes.size() - m_at < count) {
            m_short = !m_bad;
            return {};
        }
        const QByteArrayView taken = m_bytes.sliced(m_at, count);
        m_at += count;
        return taken;
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    int m_intSize = 4;
    bool m_short = false;
    bool m_bad = false;
};

QString textOf(const std::optional<QByteArrayView> &bytes)
{
    return bytes ? QString::fromUtf8(*bytes) : QString();
}

QString algorithmName(qint64 number)
{
    switch (number) {
    case 0:
        return {};
    case 1:
        return u"gzip"_s;
    case 2:
        return u"lz4"_s;
    case 3:
        return u"zstd"_s;
    default:
        return u"number %1"_s.arg(number);
    }
}

int small(qint64 value)
{
    return int(std::clamp<qint64>(value, -1, 9999));
}

QString created(Cursor &in)
{
    const int second = small(in.integer());
    const int minute = small(in.integer());
    const int hour = small(in.integer());
    const int day = small(in.integer());
    const int month = small(in.integer()) + 1;
    const int year = small(in.integer()) + 1900;
    (void)in.integer(); // whether it was summer time there
    const QDate date(year, month, day);
    const QTime time(hour, minute, std::min(second, 59));
    if (!date.isValid() || !time.isValid())
        return {};
    return date.toString(u"yyyy-MM-dd"_s) + u' ' + time.toString(u"HH:mm:ss"_s);
}

struct Layout {
    int version = 0;
    int offsetSize = 8;
    bool custom = false;
};

// What the dump of an empty database has, too.
bool isFrame(QByteArrayView kind, QByteArrayView tag)
{
    static constexpr std::array frame { "ENCODING", "STDSTRINGS", "SEARCHPATH", "DATABASE",
        "DATABASE PROPERTIES" };
    const bool about = kind == "COMMENT" || kind == "ACL" || kind == "SECURITY LABEL";
    return std::any_of(frame.begin(), frame.end(), [&](const char *one) { return kind == one; })
        || (about && (tag.startsWith("DATABASE ") || tag == "SCHEMA public"));
}

DumpToc::Entry entry(Cursor &in, const Layout &layout, bool &frame)
{
    DumpToc::Entry read;
    read.id = in.integer();
    const bool hadData = in.integer() != 0;
    in.skipTexts(2); // catalogue and object
    const auto tag = in.text();
    const auto kind = in.text();
    (void)in.integer(); // section
    in.skipTexts(3); // definition, drop, copy
    in.skipTexts(layout.version >= WithAccessMethod ? 3 : 2); // schema, tablespace, access method
    if (layout.version >= WithKind)
        (void)in.integer();
    in.skipTexts(2); // owner, WITH OIDS
    while (in.good() && in.text()) { } // what it depends on
    if (layout.custom) {
        const int place = in.byte();
        read.offset = in.littleEndian(layout.offsetSize);
        read.place = place == 2     ? DumpToc::Place::Known
            : place == 1 && hadData ? DumpToc::Place::Unknown
                                    : DumpToc::Place::Nowhere;
    } else if (const auto file = in.text(); file && !file->isEmpty()) {
        read.file = file->toByteArray();
        read.place = DumpToc::Place::Known;
    }
    frame = isFrame(kind.value_or(QByteArrayView()), tag.value_or(QByteArrayView()));
    read.tag = tag.value_or(QByteArrayView()).toByteArray();
    read.largeObjects = kind && *kind == "BLOBS";
    return read;
}

tl::unexpected<TocFault> fault(TocFault::Kind kind, const QString &words = {}, DumpToc known = {})
{
    return tl::unexpected(TocFault { kind, words, std::move(known) });
}

tl::unexpected<TocFault> ended(const Cursor &in, const DumpToc &toc)
{
    if (in.bad())
        return fault(TocFault::Kind::Damaged,
            u"the table of contents is damaged at byte %1"_s.arg(in.position()), toc);
    return fault(TocFault::Kind::NeedMore, u"the table of contents ends in the middle"_s, toc);
}

} // namespace

tl::expected<DumpToc, TocFault> parseToc(QByteArrayView bytes)
{
    constexpr QByteArrayView magic = "PGDMP";
    if (bytes.first(std::min(bytes.size(), magic.size()))
        != magic.first(std::min(bytes.size(), magic.size())))
        return fault(TocFault::Kind::NotOne);
    if (bytes.size() < magic.size())
        return fault(TocFault::Kind::NeedMore);
    Cursor in(bytes.sliced(magic.size()));
    Layout layout;
    DumpToc toc;
    layout.version = in.byte() * 10'000;
    layout.version += in.byte() * 100;
    layout.version += in.byte();
    toc.version = layout.version;
    toc.intSize = in.byte();
    layout.offsetSize = in.byte();
    toc.custom = layout.custom = in.byte() == 1;
    if (!in.good())
        return ended(in, toc);
    if (toc.intSize < 4 || toc.intSize > 8 || layout.offsetSize < 4 || layout.offsetSize > 8)
        return fault(TocFault::Kind::Damaged, u"the header is damaged"_s);
    if (toc.version < Oldest || toc.version >= BeyondKnown)
        return fault(TocFault::Kind::Newer,
            u"its format %1.%2 is not known"_s.arg(toc.version / 10'000).arg(toc.version / 100 % 100), toc);
    in.setIntSize(toc.intSize);
    toc.compression
        = toc.version >= WithAlgorithm ? algorithmName(in.byte()) : algorithmName(in.integer() == 0 ? 0 : 1);
    toc.created = created(in);
    toc.database = in.text().value_or(QByteArrayView()).toByteArray();
    toc.server = textOf(in.text());
    toc.tool = textOf(in.text());
    const qint64 count = in.integer();
    if (!in.good() || count < 0)
        return count < 0 ? fault(TocFault::Kind::Damaged, u"the header is damaged"_s, toc) : ended(in, toc);
    for (toc.count = 0; toc.count < count && in.good(); ++toc.count) {
        bool frame = false;
        auto read = entry(in, layout, frame);
        toc.holdsObjects = toc.holdsObjects || (in.good() && !frame);
        if (in.good() && read.place != DumpToc::Place::Nowhere)
            toc.entries.push_back(std::move(read));
    }
    if (!in.good())
        return ended(in, toc);
    toc.size = in.position() + magic.size();
    return toc;
}

int versionNumber(QStringView text)
{
    int major = 0;
    int minor = 0;
    qsizetype at = 0;
    for (; at < text.size() && at < 3 && text[at].isDigit(); ++at)
        major = major * 10 + text[at].digitValue();
    if (major < 10)
        return 0;
    if (at < text.size() && text[at] == u'.')
        for (++at; at < text.size() && minor < 1000 && text[at].isDigit(); ++at)
            minor = minor * 10 + text[at].digitValue();
    return major * 10'000 + minor;
}

} // namespace tidemark
